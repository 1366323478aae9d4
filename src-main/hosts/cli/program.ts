import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { BadInput } from './bad-input.ts';
import { COMMANDS } from './commands/index.ts';
import { EXIT_STATUS } from './exit-status.ts';
import { Failure } from './failure.ts';
import { commandLine } from './invocation.ts';
import { note, surviveOutputErrors } from './output.ts';
import { APPLICATION_FOLDER } from './places.ts';

const HELP_WIDTH = 100;

/** A message of commander as our own one sentence. */
function sentenceFromCommander(message: string): string {
  return message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .trim();
}

function readVersion(): string {
  const text = readFileSync(join(APPLICATION_FOLDER, 'package.json'), 'utf8');
  const manifest: unknown = JSON.parse(text);
  const isManifest = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isManifest ? String(manifest.version) : 'unknown';
}

function createProgram(): Command {
  let sentence = '';
  const names = Object.keys(COMMANDS).join(', ');
  const program = new Command('folio-lab')
    .usage('<command> [options]')
    .description(
      'What it costs the Linux kernel to pin user memory and build a bio from it, page by page or folio by folio.',
    )
    .addHelpText('after', () => `\nExample: ${commandLine('run lpc-2024-write-128k')}`)
    .version(readVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'explain a command')
    .helpCommand(false)
    .configureHelp({ helpWidth: HELP_WIDTH, showGlobalOptions: false })
    .configureOutput({ outputError: (message) => (sentence = message) })
    .exitOverride((error) => {
      if (error.exitCode === 0) throw error;
      const allowed = error.code === 'commander.unknownCommand' ? `; allowed: ${names}` : '';
      throw new BadInput(`${sentenceFromCommander(sentence || error.message)}${allowed}`);
    });
  return program;
}

/** Adds the command that was asked for, or all of them to find a misspelt one or print the help. */
async function addCommands(program: Command, asked: string | undefined): Promise<void> {
  const load = asked !== undefined && Object.hasOwn(COMMANDS, asked) ? COMMANDS[asked] : undefined;
  const loaded = load === undefined ? Object.values(COMMANDS) : [load];
  for (const add of await Promise.all(loaded.map((each) => each()))) add(program);
}

function noteSentences(sentences: readonly string[]): void {
  for (const sentence of sentences) note(`folio-lab: ${sentence.replaceAll(/\s*\n\s*/g, ' ')}`);
}

/** The disk or another process is at fault, and not what the user wrote. */
const FAILURE_CODES = ['storage-failed', 'lease-lost', 'bad-record', 'ENOSPC', 'EDQUOT', 'EIO'];

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** The status for what the laboratory refused in a sentence of its own; null for any other error. */
async function statusOfRefusal(error: Error): Promise<number | null> {
  // Any other error may be that of a laboratory which does not even load.
  if (error.name !== 'LibraryError' && error.name !== 'ExportError') return null;
  const { ExportError, LibraryError } = await import('../../lab/index.ts');
  if (!(error instanceof LibraryError) && !(error instanceof ExportError)) return null;
  const code = error instanceof LibraryError ? error.code : codeOf(error.cause);
  return FAILURE_CODES.includes(code) ? EXIT_STATUS.failed : EXIT_STATUS.badInput;
}

/** Tells the user what went wrong, in a sentence each. */
async function reportError(error: unknown): Promise<number> {
  if (error instanceof BadInput) {
    noteSentences(error.sentences);
    return EXIT_STATUS.badInput;
  }
  if (error instanceof Failure) {
    noteSentences([error.message]);
    return EXIT_STATUS.failed;
  }
  const cause = error instanceof Error ? error : new Error(String(error));
  const status = await statusOfRefusal(cause);
  const remark = status === null ? ' (not foreseen; FOLIO_LAB_DEBUG=1 shows where)' : '';
  noteSentences([`${cause.message}${remark}`]);
  if (process.env['FOLIO_LAB_DEBUG'] === '1') note(cause.stack ?? cause.message);
  return status ?? EXIT_STATUS.failed;
}

/**
 * Runs one command.
 *
 * @param words  The command and its options.
 * @returns The exit status, as in `EXIT_STATUS`.
 */
export async function runProgram(words: readonly string[]): Promise<number> {
  surviveOutputErrors();
  const program = createProgram();
  try {
    await addCommands(program, words[0]);
    if (words.length === 0) {
      const names = Object.keys(COMMANDS).join(', ');
      throw new BadInput(`no command; allowed: ${names}; "${commandLine('--help')}" explains them`);
    }
    await program.parseAsync(words, { from: 'user' });
    return typeof process.exitCode === 'number' ? process.exitCode : EXIT_STATUS.done;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT_STATUS.done;
    return reportError(error);
  }
}
