import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../../commands/command-line.ts';
import { readingOf } from '../testing/explained.ts';
import { drawnQuestion } from '../testing/drawn-questions.ts';
import { placeFromQuery, queryFromPlace, VIEWS } from './address.ts';
import { questionFromWords, wordsFromLine, wordsFromQuestion } from './command-words.ts';
import { QUESTION_DEFAULTS, UNIFORM_DEFAULTS, presetWords } from './question.ts';
import type { Question } from './question.ts';
import { SAMPLE_QUESTIONS, TALK_QUESTION } from './sample-questions.ts';

const QUESTION: Question = { ...QUESTION_DEFAULTS, layout: UNIFORM_DEFAULTS };

/** An address goes through text, as it does in a browser. */
function throughText(query: Record<string, string | string[]>): Record<string, string | string[]> {
  const parameters = new URLSearchParams();
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values].flat()) parameters.append(name, value);
  }
  const read: Record<string, string | string[]> = {};
  const text = new URLSearchParams(parameters.toString());
  for (const name of text.keys()) {
    const values = text.getAll(name);
    read[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return read;
}

describe('the address of the page', () => {
  it('reads back what it was written from', () => {
    fc.assert(
      fc.property(
        drawnQuestion,
        fc.constantFrom(...VIEWS),
        fc.nat(5000),
        fc.boolean(),
        fc.option(fc.uuid()),
        (question, view, step, isBeside, trace) => {
          const side = isBeside && question.beside !== null ? 'beside' : 'strategy';
          const place = { question, view, side, step, trace } as const;

          expect(placeFromQuery(throughText(queryFromPlace(place)))).toEqual(place);
        },
      ),
    );
  });

  it('asks nothing without a layout', () => {
    expect(placeFromQuery({ op: 'write', run: 'x' })).toBeNull();
  });

  it('leaves out what is so by default', () => {
    expect(
      queryFromPlace({
        question: QUESTION,
        view: 'steps',
        side: 'strategy',
        step: 0,
        trace: null,
      }),
    ).toEqual({
      layout: 'uniform:64MiB',
      op: 'write',
      offset: '0',
      length: '128KiB',
      strategy: 'today',
    });
  });
});

describe('the command line', () => {
  it('reads back what it was written from, through the quoting of a shell', () => {
    fc.assert(
      fc.property(drawnQuestion, (question) => {
        const line = commandLine('folio-lab', wordsFromQuestion(question, question.strategy));

        expect(questionFromWords(wordsFromLine(line))).toEqual({ ...question, beside: null });
      }),
    );
  });

  it('is the one a user would type', () => {
    const line = commandLine('folio-lab', wordsFromQuestion(TALK_QUESTION, TALK_QUESTION.strategy));

    expect(line).toBe(
      'folio-lab explain --layout uniform:64MiB,order=5 --op write --offset 0 --length 128KiB --strategy per-page --cost-model lpc-2024 --tracer function-graph',
    );
  });

  it('takes parameters and policies, several of each', () => {
    const strategy = {
      ...presetWords('folio-batch', { entries: '15', form: 'pointer' }),
      policies: { visit: 'batched', references: 'pages' },
    };

    expect(wordsFromQuestion(QUESTION, strategy, true).slice(9)).toEqual([
      ...['--strategy', 'folio-batch', '--param', 'entries=15', '--param', 'form=pointer'],
      ...['--policy', 'visit=batched', '--policy', 'references=pages', '--trace'],
    ]);
  });

  it('names the state of the cache unless it is hot', () => {
    const words = (caches: string): readonly string[] =>
      wordsFromQuestion({ ...QUESTION, caches }, QUESTION.strategy).slice(11);

    expect(words('cold')).toEqual(['--caches', 'cold']);
    expect(words('hot')).toEqual([]);
  });

  it('is read with other spellings too', () => {
    const line =
      'npm run --silent lab -- explain --json --layout=thp2m --op read \\\n  --offset "2 MiB" --length 4k --strategy \'today\'';

    expect(questionFromWords(wordsFromLine(line))).toEqual({
      ...QUESTION,
      layout: { kind: 'catalogue', name: 'thp2m' },
      operation: 'read',
      offset: '2 MiB',
      length: '4k',
    });
  });

  it('is refused when it explains nothing', () => {
    expect(questionFromWords(wordsFromLine('folio-lab run talk.yaml'))).toBeNull();
    expect(questionFromWords(wordsFromLine('folio-lab explain --op write'))).toBeNull();
  });
});

describe('a mistake', () => {
  const mistakes: readonly (readonly [string, Partial<Question>, string, RegExp])[] = [
    ['an offset without a unit', { offset: '12 apples' }, 'offset', /unknown unit "apples"/],
    ['half a block', { length: '700' }, 'length', /not a multiple of the logical block size/],
    ['no length', { length: '0' }, 'length', /found 0/],
    ['more than can be told', { length: '2GiB' }, 'length', /up to 1GiB/],
    ['too many pages', { length: '32MiB' }, 'length', /more than 4096 page-table entries/],
    ['an offset outside', { offset: '64MiB' }, 'offset', /lies beyond the layout/],
    ['an API', { api: 'mmap' }, 'api', /found "mmap"; allowed: direct-io, gup-test, register/],
    [
      'pages of a call',
      { api: 'gup-test', pagesPerCall: '0' },
      'pages-per-call',
      /whole number of at least 1/,
    ],
    ['a cache', { caches: 'warm' }, 'caches', /found "warm"; allowed: hot, evicted, cold/],
    ['a cost model', { costModel: 'textbok' }, 'cost-model', /did you mean textbook\?/],
    ['a tracer', { tracer: 'on' }, 'tracer', /allowed: off, function-graph/],
    ['a strategy', { strategy: presetWords('todai') }, 'strategy', /no strategy todai/],
    [
      'a parameter',
      { strategy: presetWords('folio-batch', { entries: '0' }) },
      'strategy.param.entries',
      /from 1 to 65536/,
    ],
    [
      'a policy',
      { strategy: { ...presetWords('today'), policies: { walk: 'slow' } } },
      'strategy.policy.walk',
      /allowed: fast/,
    ],
    [
      'a composition',
      { beside: { ...presetWords('today'), policies: { grab: 'per-run', references: 'one' } } },
      'beside.policy',
      /references=one needs add=ranges/,
    ],
    [
      'a size of a layout',
      { layout: { ...UNIFORM_DEFAULTS, size: '5000' } },
      'layout.size',
      /multiple of 4096/,
    ],
    [
      'a leaf that cannot be',
      { layout: { ...UNIFORM_DEFAULTS, leaf: 'pmd' } },
      'layout.leaf',
      /needs order 9/,
    ],
    ['a name of a layout', { layout: { kind: 'catalogue', name: 'x' } }, 'layout', /no layout "x"/],
    [
      'a row',
      { layout: { kind: 'rows', text: '0,4096,8,4\n4,9000,1,0' } },
      'layout',
      /line 2: va_page 4 overlaps/,
    ],
    [
      'pages that a strategy cannot report',
      {
        layout: { kind: 'rows', text: '0,4096,8,4\n8,8200,8,4' },
        strategy: presetWords('folio-head'),
      },
      'strategy.pages',
      /head pages/,
    ],
  ];

  it.each(mistakes)('in %s is marked at its field', (_what, change, field, message) => {
    const { problems } = readingOf({ ...QUESTION, ...change });

    expect(problems.map((problem) => problem.field)).toEqual([field]);
    expect(problems[0]?.message).toMatch(message);
  });

  it('in one strategy leaves the other standing', () => {
    const { inputs } = readingOf({ ...QUESTION, beside: presetWords('none') });

    expect(inputs.strategy).not.toBeNull();
    expect(inputs.beside).toBeNull();
  });

  it('of any kind never throws', () => {
    fc.assert(
      fc.property(drawnQuestion, (question) => {
        const { inputs, problems, isLoading } = readingOf(question);

        expect(inputs.strategy !== null || problems.length > 0 || isLoading).toBe(true);
      }),
    );
  });
});

it.each(SAMPLE_QUESTIONS)('the ready-made question "$title" can be explained', ({ question }) => {
  const { inputs, problems } = readingOf(question);

  expect(problems).toEqual([]);
  expect(inputs.strategy).not.toBeNull();
  expect(inputs.beside).not.toBeNull();
});
