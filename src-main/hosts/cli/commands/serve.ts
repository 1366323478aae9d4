import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readPort, serveLab, StartError } from '../../start.ts';
import { BadInput } from '../bad-input.ts';
import { commandLine } from '../invocation.ts';
import { LIBRARY_OPTION } from '../library-access.ts';

type ServeOptions = { readonly port: string; readonly library?: string };

async function serve({ port, library }: ServeOptions): Promise<void> {
  try {
    await serveLab({
      port: readPort(port),
      library: library === undefined ? null : resolve(library),
      command: commandLine('').trimEnd(),
    });
  } catch (error) {
    if (error instanceof StartError) throw new BadInput(error.message);
    throw error;
  }
}

/** `serve`: the laboratory in a browser of this machine. */
export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .summary('serve the laboratory to a browser of this machine')
    .description(
      'Serves the window of the laboratory to a browser of this machine, on its loopback address and with a token. Ctrl+C ends it and cancels its runs.',
    )
    .option('--port <number>', 'the port; without it, one that is free', '0')
    .option(...LIBRARY_OPTION)
    .addHelpText('after', () => `\nExample: ${commandLine('serve --port 8080')}`)
    .action((options: ServeOptions) => serve(options));
}
