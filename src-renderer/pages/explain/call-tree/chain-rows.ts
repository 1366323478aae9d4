import {
  callChain,
  chainStrategies,
  explainIo,
  recordFromKeys,
  requestProblem,
  talkListing,
  talkListings,
} from '#core';
import type { BuildName, ChainRow, ChainSide, CostModel, ExplainInput, Explanation } from '#core';

/** What is before and after the conversion, or why that cannot be counted. */
export type ChainReading =
  | {
      readonly ok: true;
      readonly rows: readonly ChainRow[];
      /** Names of the strategies. */
      readonly names: Readonly<Record<BuildName, string>>;
      /** Both traces in one text, and each by itself. */
      readonly listings: string;
      readonly listing: Readonly<Record<BuildName, string>>;
      readonly costModel: CostModel;
    }
  | { readonly ok: false; readonly problem: string };

/** An explanation with what it was made from. */
export type ChainAnswer = { readonly input: ExplainInput; readonly explanation: Explanation };

/**
 * Puts what was asked for before and after the conversion; the kernel and the prototype of the talk stand in for
 * a side that nobody asked for.
 *
 * @param answers  At least one, in the order of preference, all of the same I/O.
 */
export function readChain(answers: readonly ChainAnswer[]): ChainReading {
  const [first] = answers;
  if (first === undefined) return { ok: false, problem: 'There is no I/O to look at.' };
  const { layout, request, costModel } = first.input;
  const strategies = chainStrategies(
    answers.map(({ input }) => input.strategy),
    request.api,
  );
  for (const { name, policies } of Object.values(strategies)) {
    const problem = requestProblem(layout, request, policies);
    if (problem !== null) return { ok: false, problem: `${name}: ${problem}.` };
  }
  const { before, after } = recordFromKeys(['before', 'after'], (side) => {
    const strategy = strategies[side];
    const known = answers.find(({ input }) => input.strategy === strategy);
    return known?.explanation ?? explainIo({ ...first.input, strategy });
  });
  return {
    ok: true,
    rows: callChain(before, after, costModel),
    names: { before: before.strategy.name, after: after.strategy.name },
    listings: talkListings(before, after, costModel),
    listing: {
      before: talkListing(before, costModel),
      after: talkListing(after, costModel),
    },
    costModel,
  };
}

/** A parameter of a function, and whether the other side takes it too. */
export type ChainParameter = { readonly text: string; readonly isOwn: boolean };

/** The parameters of one side of a row; those the other side does not take are its own. */
export function parametersOf(side: ChainSide, other: ChainSide | null): readonly ChainParameter[] {
  const others = other?.parameters.split(', ') ?? [];
  return side.parameters.split(', ').map((text) => ({ text, isOwn: !others.includes(text) }));
}

/** The functions that the I/O calls on either side. */
export function calledRows(rows: readonly ChainRow[]): readonly ChainRow[] {
  return rows.filter(({ before, after }) => before.calls > 0 || (after?.calls ?? 0) > 0);
}
