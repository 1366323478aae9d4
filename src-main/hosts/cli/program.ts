import { Command, CommanderError } from 'commander';
import { BadInput } from './bad-input.ts';
import { COMMANDS } from './commands/index.ts';
import { EXIT_STATUS } from './exit-status.ts';
import { commandLine } from './invocation.ts';
import { note, surviveClosedPipes } from './output.ts';

const HELP_WIDTH = 100;

/** A message of commander as our own one sentence. */
function sentenceFromCommander(message: string): string {
  return message.replace(/^error: /, '').replaceAll('\n', ' ');
}

function createProgram(): Command {
  let sentence = '';
  const program = new Command('folio-lab')
    .usage('<command> [options]')
    .description(
      'What it costs the Linux kernel to pin user memory and build a bio from it, page by page or folio by folio.',
    )
    .addHelpText('after', () => `\nExample: ${commandLine('run lpc-2024-write-128k')}`)
    .helpOption('-h, --help', 'explain a command')
    .helpCommand(false)
    .configureHelp({ helpWidth: HELP_WIDTH, showGlobalOptions: false })
    .configureOutput({ outputError: (message) => (sentence = message) })
    .exitOverride((error) => {
      throw error.exitCode === 0 ? error : new BadInput(sentenceFromCommander(sentence || error.message));
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

/** What the library refuses is the user's to correct, unless the disk or another process is at fault. */
async function statusOfLibraryError(error: Error): Promise<number | null> {
  if (error.name !== 'LibraryError') return null;
  const { LibraryError } = await import('../../lab/index.ts');
  if (!(error instanceof LibraryError)) return null;
  const isFailure = ['storage-failed', 'lease-lost', 'bad-record'].includes(error.code);
  return isFailure ? EXIT_STATUS.failed : EXIT_STATUS.badInput;
}

/** Tells the user what went wrong, in a sentence each. */
async function reportError(error: unknown): Promise<number> {
  if (error instanceof BadInput) {
    noteSentences(error.sentences);
    return EXIT_STATUS.badInput;
  }
  const cause = error instanceof Error ? error : new Error(String(error));
  const status = await statusOfLibraryError(cause);
  if (status !== null) {
    noteSentences([cause.message]);
  } else {
    noteSentences([`${cause.message} (this should not happen; FOLIO_LAB_DEBUG=1 shows where)`]);
  }
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
  surviveClosedPipes();
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
