import { expect, it } from 'vitest';
import { CALL_TRACE_SCHEMA, compareTraces, GUP_TEST_SCHEMA } from '#contract';
import type { CallTraceDocument, CallTracePath, GupTestDocument } from '#contract';
import { callTraceText } from './call-trace-text.ts';
import { gupTestText } from './gup-test-text.ts';

function path(name: string, calls: number, children: readonly CallTracePath[] = []): CallTracePath {
  return {
    name,
    module: null,
    calls,
    totalNs: 1000 * calls,
    selfNs: 1000 * calls - children.reduce((sum, child) => sum + child.totalNs, 0),
    minNs: 1000,
    maxNs: 1000,
    cutOffCalls: name === 'two' ? 1 : 0,
    children,
  };
}

function traceOf(roots: readonly CallTracePath[]): CallTraceDocument {
  return {
    schema: CALL_TRACE_SCHEMA,
    kind: 'function-graph',
    format: 'ftrace',
    parts: [
      {
        firstLine: 5,
        lastLine: 48,
        cpus: [0, 1],
        tasks: 1,
        literalCalls: 3,
        calls: 12,
        cutOffCalls: 1,
        lostMarks: 0,
        lostEvents: 0,
        overruns: 0,
        interrupts: 0,
        roots,
        functions: roots,
      },
    ],
    assumptions: [{ line: 7, text: 'Something is assumed.' }],
    warnings: [{ line: null, text: 'Tracing inflates time.' }],
  };
}

it('prints a trace as a tree of calls, with what was assumed', () => {
  expect(callTraceText(traceOf([path('one', 10, [path('two', 2)])]))).toBe(
    `lines 5 to 48, CPU 0, 1, 1 task, 12 calls, 3 of them shown
calls  total ns  self ns  min ns  max ns  cut off  function
─────  ────────  ───────  ──────  ──────  ───────  ────────
   10     10000     8000    1000    1000           one
    2      2000     2000    1000    1000        1    two

assumed
- Line 7: Something is assumed.

to be kept in mind
- Tracing inflates time.`,
  );
});

it('prints the model beside the trace where there is one', () => {
  const document = traceOf([path('gup_fast_fallback', 2, [path('try_grab_folio_fast', 2)])]);
  const model = [{ name: 'gup_fast_fallback', calls: 1, totalNs: 900, selfNs: 9.5, children: [] }];
  const [part] = document.parts;
  const comparison = part === undefined ? null : compareTraces(part, model);

  expect(callTraceText(document, [comparison])).toContain(
    `Beside the model, for one call of gup_fast_fallback (2 calls traced): 2 calls traced, 1 modelled.
calls  model  total ns  model  self ns  model  function
─────  ─────  ────────  ─────  ───────  ─────  ──────────────────────────────────────
    1      1      1000    900        0    9.5  gup_fast_fallback
    1      –      1000      –     1000      –    try_grab_folio (try_grab_folio_fast)
- The modelled times`,
  );
});

it('prints the paths with the most time of a long trace, and the functions', () => {
  const roots = Array.from({ length: 200 }, (_none, index) => path(`f${index}`, index + 1));
  const text = callTraceText(traceOf(roots));

  expect(text).toContain('120 further paths with less time');
  expect(text).toContain('by function');
  expect(text.split('\n').length).toBeLessThan(130);
});

it('prints results of gup_test with times a page', () => {
  const document: GupTestDocument = {
    schema: GUP_TEST_SCHEMA,
    kind: 'gup-test',
    groups: [
      {
        command: 'gup_test -m 4 -n 512 -a',
        commandLine: 1,
        settings: {
          program: 'gup_test',
          test: 'PIN_FAST_BENCHMARK',
          bytes: 4_194_304,
          pagesPerCall: 512,
          repeats: 1,
          threads: 1,
          hugePages: 'as-configured',
          isHugetlb: false,
          isShared: false,
          isWrite: true,
          isTouchedByGup: false,
          gupFlags: 0,
          file: '/dev/zero',
        },
        results: [
          {
            line: 2,
            test: 'PIN_FAST_BENCHMARK',
            getMicroseconds: 2048,
            putMicroseconds: 512,
            bytes: 4_194_304,
            isTruncated: false,
          },
        ],
        untimed: [],
      },
      {
        command: null,
        commandLine: null,
        settings: null,
        results: [],
        untimed: [{ line: 9, test: 'GUP_BASIC_TEST' }],
      },
    ],
    assumptions: [],
    warnings: [],
  };

  expect(gupTestText(document)).toBe(`gup_test -m 4 -n 512 -a (4 MiB, 512 pages a call)
test                results  get us  put us  get ns/page  put ns/page
──────────────────  ───────  ──────  ──────  ───────────  ───────────
PIN_FAST_BENCHMARK        1    2048     512         2000          500

no command line
GUP_BASIC_TEST has no times`);
});
