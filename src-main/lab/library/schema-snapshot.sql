-- Version 2

CREATE TABLE migrations (
  version INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  applied_at TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL CHECK (name <> ''),
  notes TEXT NOT NULL DEFAULT '',
  -- A JSON array of strings.
  tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
  created_at TEXT NOT NULL,
  archived_at TEXT,
  -- Since when it is in the trash.
  deleted_at TEXT
) STRICT;

CREATE TABLE runs (
  id TEXT NOT NULL PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  experiment_name TEXT NOT NULL,
  title TEXT NOT NULL,
  -- running, finished, cancelled, failed or interrupted.
  status TEXT NOT NULL DEFAULT 'running',
  failure TEXT,
  seed INTEGER NOT NULL,
  experiment_text TEXT NOT NULL,
  application_version TEXT NOT NULL,
  source_commit TEXT,
  core_version TEXT NOT NULL,
  record_version INTEGER NOT NULL,
  host TEXT NOT NULL,
  processor TEXT NOT NULL,
  operating_system TEXT NOT NULL,
  runtime TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT,
  planned_trials INTEGER NOT NULL CHECK (planned_trials >= 0),
  -- The rows of trials that belong to this run, kept with them in one transaction.
  finished_trials INTEGER NOT NULL DEFAULT 0 CHECK (finished_trials >= 0),
  -- No foreign key: that run may have been purged, or be in another library.
  parent_run_id TEXT,
  notes TEXT NOT NULL DEFAULT '',
  tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
  is_starred INTEGER NOT NULL DEFAULT 0 CHECK (is_starred IN (0, 1)),
  archived_at TEXT,
  deleted_at TEXT,
  CHECK ((status = 'running') = (ended_at IS NULL))
) STRICT;

CREATE INDEX runs_by_session ON runs (session_id, started_at);

CREATE INDEX runs_by_start ON runs (started_at);

CREATE INDEX runs_by_status ON runs (status);

CREATE TABLE leases (
  run_id TEXT NOT NULL PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  -- UUID of the opened library that holds it.
  holder TEXT NOT NULL,
  -- Where the process id means something.
  host TEXT NOT NULL,
  process_id INTEGER NOT NULL,
  -- What tells the process from a later one with its number; null where the system does not say.
  process_started TEXT,
  heartbeat_at TEXT NOT NULL
) STRICT;

CREATE TABLE trials (
  -- Joins the tables below, and is never shown: it differs between libraries.
  key INTEGER NOT NULL PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  -- Place in the plan of the run, from 0.
  position INTEGER NOT NULL CHECK (position >= 0),
  -- Version of the JSON and the BLOBs of this trial.
  record_version INTEGER NOT NULL,
  layout_name TEXT NOT NULL,
  layout_digest TEXT NOT NULL,
  strategy_id TEXT NOT NULL,
  strategy_name TEXT NOT NULL,
  cost_model_id TEXT NOT NULL,
  -- Unit: bytes.
  block_bytes INTEGER NOT NULL,
  replicate INTEGER NOT NULL,
  -- done or not-applicable.
  status TEXT NOT NULL,
  -- Why it is not applicable; null otherwise.
  reason TEXT,
  -- All that identifies the trial.
  parameters TEXT NOT NULL CHECK (json_valid(parameters)),
  -- Measured I/Os. Null, as are the columns below, unless the trial is done.
  samples INTEGER,
  -- Simulated time. Unit: nanoseconds.
  span_ns REAL,
  -- I/Os per simulated second.
  iops REAL,
  -- Unit: nanoseconds per I/O.
  cpu_ns_per_io REAL,
  figures TEXT CHECK (json_valid(figures)),
  UNIQUE (run_id, id),
  UNIQUE (run_id, position),
  CHECK ((status = 'not-applicable') = (reason IS NOT NULL)),
  CHECK ((status = 'done') = (samples IS NOT NULL)),
  CHECK ((samples IS NULL) = (span_ns IS NULL)),
  CHECK ((samples IS NULL) = (iops IS NULL)),
  CHECK ((samples IS NULL) = (cpu_ns_per_io IS NULL)),
  CHECK ((samples IS NULL) = (figures IS NULL))
) STRICT;

CREATE INDEX trials_by_layout ON trials (layout_name, run_id);

CREATE INDEX trials_by_strategy ON trials (strategy_id, run_id);

CREATE TABLE histograms (
  trial_key INTEGER NOT NULL REFERENCES trials (key) ON DELETE CASCADE,
  phase TEXT NOT NULL,
  count INTEGER NOT NULL,
  -- Unit: picoseconds. REAL, because a sum may pass what 64 bits hold. All three are 0 for count 0.
  sum_ps REAL NOT NULL,
  min_ps REAL NOT NULL,
  max_ps REAL NOT NULL,
  -- Buckets that hold something: pairs of whole numbers in LEB128, the distance of the bucket's
  -- number from that of the bucket before (from 0 for the first) and the values in it.
  buckets BLOB NOT NULL,
  PRIMARY KEY (trial_key, phase)
) STRICT;

CREATE TABLE ledger_axes (
  -- SHA-256 of both, in hexadecimal digits.
  id TEXT NOT NULL PRIMARY KEY,
  -- JSON arrays of strings, in the order of the ledger.
  phases TEXT NOT NULL CHECK (json_valid(phases)),
  events TEXT NOT NULL CHECK (json_valid(events))
) STRICT;

CREATE TABLE counters (
  trial_key INTEGER NOT NULL PRIMARY KEY REFERENCES trials (key) ON DELETE CASCADE,
  axes_id TEXT NOT NULL REFERENCES ledger_axes (id),
  -- IEEE 754 doubles, little-endian: all events of the first phase, then those of the next.
  ledger BLOB NOT NULL
) STRICT;

CREATE TABLE allocations (
  trial_key INTEGER NOT NULL REFERENCES trials (key) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  source TEXT NOT NULL,
  count INTEGER NOT NULL,
  -- Unit: bytes.
  bytes INTEGER NOT NULL,
  peak_bytes INTEGER NOT NULL,
  PRIMARY KEY (trial_key, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE expectations (
  run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  holds INTEGER NOT NULL CHECK (holds IN (0, 1)),
  found TEXT NOT NULL,
  PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER runs_keep_their_record BEFORE UPDATE OF
  id, experiment_name, title, seed, experiment_text, application_version, source_commit,
  core_version, record_version, host, processor, operating_system, runtime, started_at,
  planned_trials, parent_run_id
ON runs BEGIN
  SELECT RAISE(ABORT, 'the record of a run does not change');
END;

CREATE TRIGGER runs_end_once BEFORE UPDATE OF status, failure, ended_at, finished_trials
ON runs WHEN OLD.status <> 'running' BEGIN
  SELECT RAISE(ABORT, 'a run that has ended does not change');
END;

CREATE TRIGGER trials_do_not_change BEFORE UPDATE ON trials BEGIN
  SELECT RAISE(ABORT, 'a trial does not change');
END;

CREATE TRIGGER histograms_do_not_change BEFORE UPDATE ON histograms BEGIN
  SELECT RAISE(ABORT, 'a histogram does not change');
END;

CREATE TRIGGER counters_do_not_change BEFORE UPDATE ON counters BEGIN
  SELECT RAISE(ABORT, 'a ledger does not change');
END;

CREATE TRIGGER allocations_do_not_change BEFORE UPDATE ON allocations BEGIN
  SELECT RAISE(ABORT, 'an allocation does not change');
END;

CREATE TRIGGER expectations_do_not_change BEFORE UPDATE ON expectations BEGIN
  SELECT RAISE(ABORT, 'a checked expectation does not change');
END;

CREATE TABLE measurements (
  id TEXT NOT NULL PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  -- layout, gup-test, function-graph, fio, span-table or plain-table.
  kind TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  -- Without its folder.
  file_name TEXT NOT NULL,
  -- Of the file's bytes, in hexadecimal digits.
  sha256 TEXT NOT NULL,
  -- Of the file. Unit: bytes.
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  -- The command line that made the file; null where nobody said.
  command TEXT,
  summary TEXT NOT NULL,
  -- What was read; says its version in "schema".
  document TEXT NOT NULL CHECK (json_valid(document)),
  imported_at TEXT NOT NULL,
  notes TEXT NOT NULL DEFAULT '',
  -- Since when it is in the trash.
  deleted_at TEXT,
  UNIQUE (session_id, sha256)
) STRICT;

CREATE TABLE cost_models (
  -- The name that all versions share.
  id TEXT NOT NULL CHECK (id <> ''),
  version INTEGER NOT NULL CHECK (version >= 1),
  -- Of the figures that decide a trial, as the parameters of trials have it. Versions that differ in
  -- the terms of measured spans alone have the same.
  digest TEXT NOT NULL,
  -- The file of the model.
  model TEXT NOT NULL CHECK (json_valid(model)),
  -- The calibration it came from; the JSON word null for one that was imported.
  provenance TEXT NOT NULL CHECK (json_valid(provenance)),
  created_at TEXT NOT NULL,
  PRIMARY KEY (id, version)
) STRICT;

CREATE TRIGGER measurements_keep_their_record BEFORE UPDATE OF
  id, session_id, kind, file_name, sha256, bytes, command, summary, document, imported_at
ON measurements BEGIN
  SELECT RAISE(ABORT, 'what was measured does not change');
END;

CREATE TRIGGER cost_models_do_not_change BEFORE UPDATE ON cost_models BEGIN
  SELECT RAISE(ABORT, 'a cost model does not change');
END;
