import {
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

/** The rows of the tables that are queried in ways the user chooses; the SQL says what they mean. */
export type Tables = {
  readonly sessions: SessionRow;
  readonly runs: RunRow;
  readonly trials: TrialSubjectRow;
};

export type SessionRow = {
  readonly id: string;
  readonly name: string;
  readonly notes: string;
  readonly tags: string;
  readonly created_at: string;
  readonly archived_at: string | null;
  readonly deleted_at: string | null;
};

export type RunRow = {
  readonly id: string;
  readonly session_id: string;
  readonly experiment_name: string;
  readonly title: string;
  readonly status: string;
  readonly failure: string | null;
  readonly seed: number;
  readonly experiment_text: string;
  readonly application_version: string;
  readonly source_commit: string | null;
  readonly core_version: string;
  readonly record_version: number;
  readonly host: string;
  readonly processor: string;
  readonly operating_system: string;
  readonly runtime: string;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly planned_trials: number;
  readonly finished_trials: number;
  readonly parent_run_id: string | null;
  readonly notes: string;
  readonly tags: string;
  readonly is_starred: number;
  readonly archived_at: string | null;
  readonly deleted_at: string | null;
};

/** What of a trial runs are looked up by. */
export type TrialSubjectRow = {
  readonly run_id: string;
  readonly layout_name: string;
  readonly strategy_id: string;
};

/** Puts queries together and checks them against the tables; a connection runs them. */
export const queries = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});
