import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { commandLine, sameAsCommand } from './command-line.ts';

it('quotes only what a shell would take apart', () => {
  expect(commandLine('folio-lab', ['compare', 'b0-1', '--session', "Tim's runs"])).toBe(
    `folio-lab compare b0-1 --session 'Tim'\\''s runs'`,
  );
});

it.runIf(process.platform !== 'win32')('comes back from a shell as it went in', () => {
  const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(
      fc.array(
        word.filter((text) => !text.includes('\0')),
        { maxLength: 4 },
      ),
      (words) => {
        // `printf` repeats its pattern for each argument.
        const line = commandLine("printf '%s\\0'", ['', ...words]);

        const output = execFileSync('sh', ['-c', line], { encoding: 'utf8' });

        expect(output).toBe(['', ...words].map((text) => `${text}\0`).join(''));
      },
    ),
    { numRuns: 40 },
  );
});

it('names a library that is not the usual one, where a command works on one', () => {
  const lab = { command: 'folio-lab', libraryWords: ['--library', '/data/my runs.db'] };

  expect([
    sameAsCommand(lab, ['show', '1a2b3c4d']),
    sameAsCommand(lab, ['race', '--model', 'gup-dma']),
    sameAsCommand({ ...lab, libraryWords: [] }, ['show', '1a2b3c4d']),
  ]).toEqual([
    "folio-lab show 1a2b3c4d --library '/data/my runs.db'",
    'folio-lab race --model gup-dma',
    'folio-lab show 1a2b3c4d',
  ]);
});
