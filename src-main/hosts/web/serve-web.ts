import { once } from 'node:events';
import type { Server } from 'node:http';
import { openLaboratory } from '../requests/index.ts';
import type { LaboratoryOptions } from '../requests/index.ts';
import { createAccess } from './access.ts';
import { createTransfers } from './transfers.ts';
import { createWebServer } from './web-server.ts';

export type WebHostOptions = Omit<LaboratoryOptions, 'host' | 'files'> & {
  /** Where the built window is. */
  readonly windowFolder: string;
  /** From 1 to 65535; 0 takes one that is free. */
  readonly port: number;
};

/** The laboratory in a browser of this machine. */
export type WebHost = {
  /** What the user opens, token included. */
  readonly address: string;
  /** Where the library is. */
  readonly libraryPath: string;
  /** Cancels the runs, ends all connections and closes the library; again, it does nothing. */
  readonly close: () => Promise<void>;
};

/** Why the web host cannot be reached, in one sentence. */
export class WebHostError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'WebHostError';
  }
}

/** The one address at which the laboratory is served: nobody else on the network reaches it. */
const LOOPBACK = '127.0.0.1';

function listenProblem(error: unknown, port: number): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'EADDRINUSE') {
    return new WebHostError(`Port ${port} is in use; choose another with --port, or none.`, {
      cause: error,
    });
  }
  if (error.code === 'EACCES') {
    return new WebHostError(`Port ${port} may not be used; choose one above 1023 with --port.`, {
      cause: error,
    });
  }
  return error;
}

async function listen(server: Server, port: number): Promise<number> {
  try {
    server.listen({ host: LOOPBACK, port, exclusive: true });
    await once(server, 'listening');
  } catch (error) {
    throw listenProblem(error, port);
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/**
 * Serves the window and its laboratory on the loopback address of this machine.
 *
 * @throws {WebHostError} when the port cannot be used; {LibraryError} when the library cannot be opened.
 */
export async function serveWeb(options: WebHostOptions): Promise<WebHost> {
  const { windowFolder, port, report, ...rest } = options;
  const transfers = createTransfers();
  try {
    const laboratory = await openLaboratory({
      ...rest,
      report,
      host: 'web',
      files: transfers.files,
    });
    const access = createAccess();
    const server = createWebServer({ access, laboratory, transfers, windowFolder, report });
    try {
      const found = await listen(server, port);
      let closing: Promise<void> | null = null;
      const close = async (): Promise<void> => {
        await stop(server);
        await laboratory.queue.cancelAll();
        await laboratory.close();
        transfers.close();
      };
      return {
        address: `http://${LOOPBACK}:${found}/?token=${access.token}`,
        libraryPath: laboratory.description.libraryPath,
        close: () => (closing ??= close()),
      };
    } catch (error) {
      await laboratory.close();
      throw error;
    }
  } catch (error) {
    transfers.close();
    throw error;
  }
}
