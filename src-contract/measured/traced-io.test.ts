import { expect, it } from 'vitest';
import type { CallTracePart, CallTracePath } from './call-trace.ts';
import { guessTracedIo } from './traced-io.ts';

function path(name: string, calls: number, children: readonly CallTracePath[] = []): CallTracePath {
  const times = { totalNs: 0, selfNs: 0, minNs: 0, maxNs: 0, cutOffCalls: 0 };
  return { name, module: null, calls, ...times, children };
}

function partOf(...roots: readonly CallTracePath[]): CallTracePart {
  return {
    firstLine: 1,
    lastLine: 9,
    cpus: [0],
    tasks: 0,
    literalCalls: 9,
    calls: 9,
    cutOffCalls: 0,
    lostMarks: 0,
    lostEvents: 0,
    overruns: 0,
    interrupts: 0,
    roots,
    functions: [],
  };
}

it('tells from the pages of a bio and its vectors how large the folios may be', () => {
  const part = partOf(
    path('blkdev_direct_IO', 5, [
      path('bio_iov_iter_get_pages', 10, [
        path('internal_get_user_pages_fast', 10, [path('try_grab_folio_fast', 640)]),
        path('__bio_add_page', 40),
        path('bvec_try_merge_page', 600),
      ]),
    ]),
  );

  expect(guessTracedIo(part)).toEqual({
    strategy: { id: 'per-page', parameters: { kernel: 'v6.11' } },
    pages: 64,
    folioOrder: 4,
    assumption:
      'The model is asked about a direct write of 256 KiB on folios of 64 KiB mapped by page-table entries, as Linux 6.11 does it.',
  });
});

it('takes a kernel that adds few vectors and merges nothing for one that adds folios', () => {
  const part = partOf(
    path('bio_iov_iter_get_pages', 1, [path('gup_fast_fallback', 1, [path('try_grab_folio', 32)])]),
  );

  expect(guessTracedIo(part)).toMatchObject({
    strategy: { id: 'folio-add', parameters: { kernel: 'v6.12' } },
    pages: 32,
  });
});

it('knows the prototype of the talk by its functions', () => {
  const part = partOf(
    path('bio_iov_iter_get_pages', 3, [
      path('pin_user_folios_fast', 3, [path('try_grab_folio', 6)]),
    ]),
  );

  expect(guessTracedIo(part)).toMatchObject({
    strategy: { id: 'folio-threshold' },
    pages: 64,
    folioOrder: 5,
  });
});

it('guesses nothing where no reference was taken', () => {
  expect(guessTracedIo(partOf(path('schedule', 3)))).toBeNull();
});
