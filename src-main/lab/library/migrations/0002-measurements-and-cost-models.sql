-- Files of measurements that were imported: what was read from them, not the files themselves.
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

-- Prices that were fitted or imported here. Figures that differ are another version.
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
