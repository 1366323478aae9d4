import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CallTracePart, CallTracePath } from '#contract';
import { functionGraphText } from '#core';
import { readFunctionGraph } from './read-function-graph.ts';
import { explainTalk } from './testing/explained-talk.ts';
import { printCalls } from './testing/printed-graph.ts';
import type { MadeUpCall, PrintedCpu } from './testing/printed-graph.ts';

async function partOf(text: string): Promise<CallTracePart> {
  const outcome = await readFunctionGraph(text);
  const part = outcome.ok ? outcome.document.parts[0] : undefined;
  if (part === undefined) throw new Error(JSON.stringify(outcome));
  return part;
}

const names = fc.constantFrom('alpha', 'beta', '__gamma', 'delta.isra.0');

/** A call that takes a whole number of nanoseconds more than the calls within it. */
const { call: madeUpCall } = fc.letrec<{ call: MadeUpCall; within: readonly MadeUpCall[] }>(
  (tie) => ({
    within: fc.oneof({ maxDepth: 3 }, fc.constant([]), fc.array(tie('call'), { maxLength: 3 })),
    call: fc
      .record({ name: names, own: fc.nat(200_000), within: tie('within') })
      .map(({ name, own, within }) => ({
        name,
        ns: own + within.reduce((sum, { ns }) => sum + ns, 0),
        within,
      })),
  }),
);

/** Calls by path, added up without a reader: what a reader must find. */
function expectedOf(
  cpus: readonly (readonly MadeUpCall[])[],
): ReadonlyMap<string, readonly number[]> {
  const sums = new Map<string, readonly number[]>();
  const add = (calls: readonly MadeUpCall[], above: string): void => {
    for (const { name, ns, within } of calls) {
      const path = `${above}/${name}`;
      const self = ns - within.reduce((sum, child) => sum + child.ns, 0);
      const [count = 0, total = 0, own = 0, min = Infinity, max = 0] = sums.get(path) ?? [];
      sums.set(path, [count + 1, total + ns, own + self, Math.min(min, ns), Math.max(max, ns)]);
      add(within, path);
    }
  };
  for (const calls of cpus) add(calls, '');
  return sums;
}

function foundIn(paths: readonly CallTracePath[], above = ''): [string, readonly number[]][] {
  return paths.flatMap(({ name, calls, totalNs, selfNs, minNs, maxNs, children }) => {
    const path = `${above}/${name}`;
    const figures = [calls, totalNs, selfNs, minNs, maxNs];
    return [[path, figures] as [string, readonly number[]], ...foundIn(children, path)];
  });
}

/** Takes lines from the CPUs by turns that numbers choose; the rest follows. */
function mixed(cpus: readonly PrintedCpu[], turns: readonly number[]): string {
  const rest = cpus.map(({ lines }) => [...lines]);
  const text: string[] = [];
  for (const turn of turns) text.push(...(rest[turn % rest.length]?.splice(0, 1) ?? []));
  return [...text, ...rest.flat(), ''].join('\n');
}

it('finds in a printed trace the calls that were printed, on however many CPUs', async () => {
  const perCpu = fc.array(fc.array(madeUpCall, { maxLength: 4 }), { minLength: 1, maxLength: 3 });
  const options = fc.record({
    hasTail: fc.boolean(),
    hasTask: fc.boolean(),
    hasTime: fc.boolean(),
    hasArguments: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      perCpu,
      options,
      fc.array(fc.nat(2), { maxLength: 60 }),
      async (calls, shown, turns) => {
        fc.pre(calls.some((some) => some.length > 0));
        const cpus = calls.map((some, cpu): PrintedCpu => {
          const printed = { cpu, pid: 100 + cpu, lines: [] };
          printCalls(printed, some, shown);
          return printed;
        });
        const part = await partOf(mixed(cpus, turns));

        expect(new Map(foundIn(part.roots))).toEqual(expectedOf(calls));
        expect(part.cutOffCalls).toBe(0);
      },
    ),
    { numRuns: 200 },
  );
});

/** One CPU that runs tasks by turns, with the marks that ftrace draws where another begins. */
function taken(tasks: readonly PrintedCpu[], turns: readonly number[]): string {
  const rest = tasks.map(({ pid, lines }) => ({ pid, lines: [...lines] }));
  const text: string[] = [];
  let running: number | null = null;
  for (const [index, turn] of [...turns, ...tasks.keys()].entries()) {
    const task = rest[turn % rest.length];
    if (task === undefined || task.lines.length === 0) continue;
    if (running !== null && running !== task.pid) {
      const rule = ' ------------------------------------------';
      text.push(rule, ` 0)    fio-${running}   =>    fio-${task.pid}   `, rule, '');
    }
    running = task.pid;
    text.push(...task.lines.splice(0, index < turns.length ? 3 : task.lines.length));
  }
  return [...text, ''].join('\n');
}

it('keeps the calls of tasks apart that take turns on one CPU in the middle of calls', async () => {
  const shown = { hasTail: false, hasTask: false, hasTime: false, hasArguments: false };
  const perTask = fc.array(fc.array(madeUpCall, { minLength: 1, maxLength: 3 }), {
    minLength: 2,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(perTask, fc.array(fc.nat(2), { maxLength: 20 }), async (calls, turns) => {
      const tasks = calls.map((some, index): PrintedCpu => {
        const printed = { cpu: 0, pid: 100 + index, lines: [] };
        printCalls(printed, some, shown);
        return printed;
      });
      const part = await partOf(taken(tasks, turns));

      expect(new Map(foundIn(part.roots))).toEqual(expectedOf(calls));
      expect(part).toMatchObject({ cutOffCalls: 0, tasks: calls.length });
    }),
    { numRuns: 200 },
  );
});

it('[TRC-3] reads the trace that the model prints', async () => {
  const { before, model } = explainTalk();
  const part = await partOf(functionGraphText(before, model));

  expect(part).toMatchObject({ calls: 135, cutOffCalls: 0 });
  expect(part.roots.map(({ name, totalNs }) => [name, Math.round(totalNs / 10)])).toEqual([
    ['bio_iov_iter_get_pages', 2838],
  ]);
});

it('loses no whole call when a trace begins and ends anywhere', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(madeUpCall, { minLength: 1, maxLength: 4 }),
      fc.nat(),
      fc.nat(),
      async (calls, from, to) => {
        const printed: PrintedCpu = { cpu: 0, pid: 1, lines: [] };
        const shown = { hasTail: false, hasTask: false, hasTime: false, hasArguments: false };
        printCalls(printed, calls, shown);
        const begin = from % printed.lines.length;
        const lines = printed.lines.slice(begin, begin + 1 + (to % (printed.lines.length - begin)));
        const outcome = await readFunctionGraph(`${lines.join('\n')}\n`);
        const count = (pattern: RegExp): number =>
          lines.filter((line) => pattern.test(line)).length;
        const part = outcome.ok ? outcome.document.parts[0] : undefined;

        // Every beginning and every end is of a whole call or of one that is cut off.
        const halves = count(/\{$/) + count(/\}$/);
        const whole = (part?.calls ?? 0) - count(/;$/);
        if (outcome.ok) expect(2 * whole + (part?.cutOffCalls ?? 0)).toBe(halves);
        else expect(count(/;$/)).toBe(0);
      },
    ),
    { numRuns: 200 },
  );
});
