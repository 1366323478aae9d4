import type { Connection } from './connection.ts';
import type { ProcessTable } from './process-identity.ts';

/** What the parts of an opened library share. */
export type LibraryContext = {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly processes: ProcessTable;
  /** UUID of this opening: whose leases are ours. */
  readonly holder: string;
};

/** The time of the context's clock as it is stored: ISO 8601, UTC. */
export function timestamp({ clock }: LibraryContext): string {
  return clock().toISOString();
}
