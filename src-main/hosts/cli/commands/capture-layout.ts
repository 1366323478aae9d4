import type { Command } from 'commander';
import { describeValue } from '#contract';
import { CaptureError, captureLayout, openProcessSource } from '../../../lab/index.ts';
import type { CapturedLayout, CaptureRequest } from '../../../lab/index.ts';
import { BadInput } from '../bad-input.ts';
import { captureText } from '../capture-text.ts';
import { Failure } from '../failure.ts';
import { commandLine } from '../invocation.ts';
import { note, print } from '../output.ts';

type CaptureOptions = {
  readonly range?: string;
  readonly absolute?: true;
  readonly writable?: true;
  readonly present?: true;
};

/** The largest process id Linux can give. */
const MOST_PID = 4_194_304;
const RANGE = /^(?:0x)?([0-9a-f]{1,16})-(?:0x)?([0-9a-f]{1,16})$/i;
const PAGE_BYTES = 4096n;
/** The end of the addresses a process can have anywhere. */
const ADDRESS_LIMIT = 1n << 56n;

/** What other arguments would mend. */
const BAD_INPUT_CODES: readonly string[] = ['no-such-process', 'no-memory', 'too-large'];

function readPid(text: string): number {
  const pid = /^[0-9]{1,7}$/.test(text) ? Number(text) : 0;
  if (pid >= 1 && pid <= MOST_PID) return pid;
  throw new BadInput(
    `PID: found ${describeValue(text)}; allowed: the id of a running process, 1 to ${MOST_PID}`,
  );
}

/** The pages that addresses from START up to END lie in. */
function readRange(text: string | undefined): CaptureRequest['range'] {
  if (text === undefined) return null;
  const [, startText, endText] = RANGE.exec(text) ?? [];
  if (startText !== undefined && endText !== undefined) {
    const start = BigInt(`0x${startText}`);
    const end = BigInt(`0x${endText}`);
    if (start < end && end <= ADDRESS_LIMIT) {
      const endPage = Number((end + PAGE_BYTES - 1n) / PAGE_BYTES);
      return { startPage: Number(start / PAGE_BYTES), endPage };
    }
  }
  throw new BadInput(
    `--range: found ${describeValue(text)}; allowed: START-END in hexadecimal as in /proc/PID/maps, END behind START, such as 7f5c00000000-7f5c00200000`,
  );
}

async function captureProcess(pid: number, request: CaptureRequest): Promise<CapturedLayout> {
  try {
    using source = await openProcessSource(pid);
    return captureLayout(source, request);
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    if (BAD_INPUT_CODES.includes(error.code)) throw new BadInput(error.message);
    throw new Failure(error.message);
  }
}

async function capture(pidText: string, options: CaptureOptions): Promise<void> {
  const pid = readPid(pidText);
  const request = {
    range: readRange(options.range),
    isAbsolute: options.absolute === true,
    onlyWritable: options.writable === true,
    onlyPresent: options.present === true,
  };
  const captured = await captureProcess(pid, request);
  note(captureText(pid, captured));
  await print(captured.csv);
}

function helpText(): string {
  return `
Without --absolute, page and frame numbers count from a boundary of 1 GiB below the first of each.
A page that is mapped but not in memory is absent, with a frame made up beyond all others.
Page tables keep to themselves whether an entry may be written; memory is taken as writable where its
area is, unless it is shared or a private file's own.
A huge entry that --range cuts is kept whole.

Example: ${commandLine('capture-layout 1234 --writable')}`;
}

/** `capture-layout`: the memory of a live process as a layout file. */
export function addCaptureLayoutCommand(program: Command): void {
  program
    .command('capture-layout')
    .summary('print the memory layout of a live process (needs root)')
    .description(
      'Reads which frames a process has in its memory, in folios of which size, mapped by which page-table level, until two readings in a row agree, and prints a layout CSV.',
    )
    .argument('<pid>', 'the process')
    .option('--range <start-end>', 'only these addresses, in hexadecimal as in /proc/PID/maps')
    .option('--writable', 'only memory that may be written, as a read into it needs')
    .option('--present', 'only pages that are in memory')
    .option('--absolute', 'the page and frame numbers of the machine; they tell physical addresses')
    .addHelpText('after', helpText)
    .action((pid: string, options: CaptureOptions) => capture(pid, options));
}
