import {
  costModelReference,
  costModelText,
  parseCostModel,
  problemText,
  readCostModelReference,
} from '#contract';
import type { StoredCostModel } from '#contract';
import { costModelDigest } from '#core';
import type { CostModel } from '#core';
import type { Connection } from './connection.ts';
import { timestamp } from './context.ts';
import type { LibraryContext } from './context.ts';
import { LibraryError } from './library-error.ts';
import { parseStoredJson } from './parse-stored.ts';

/** What became of a cost model: a new version, or one with the same figures that was there already. */
export type AddedCostModel = { readonly stored: StoredCostModel; readonly isNew: boolean };

export type CostModels = {
  /**
   * Adds a cost model under its own id. Figures that no version has become the next version; figures
   * that one has add nothing.
   *
   * @param model       Its id without a version.
   * @param provenance  The calibration it came from, as plain data; null for one that was imported.
   */
  readonly addCostModel: (model: CostModel, provenance: unknown) => AddedCostModel;
  /** A model by `my-epyc@2`, or the latest version by `my-epyc`; null when there is none. */
  readonly findStoredCostModel: (reference: string) => StoredCostModel | null;
  /**
   * The calibration that a model came from, as plain data; null for one that was imported.
   *
   * @throws {LibraryError} `not-found`.
   */
  readonly costModelProvenance: (stored: Pick<StoredCostModel, 'id' | 'version'>) => unknown;
  /** All versions of all models, by id, the latest version first. */
  readonly storedCostModels: () => readonly StoredCostModel[];
};

type CostModelRow = {
  readonly id: string;
  readonly version: number;
  readonly digest: string;
  readonly model: string;
  readonly created_at: string;
};

/** @throws {LibraryError} `damaged` for a model that cannot be read. */
function storedFromRow({ id, version, digest, model, created_at }: CostModelRow): StoredCostModel {
  const what = `cost model ${costModelReference({ id, version })}`;
  const parsed = parseCostModel(model, what);
  if (!parsed.ok || parsed.costModel.id !== id) {
    const [problem] = parsed.ok ? [] : parsed.problems;
    const reason = problem === undefined ? `${what}: it has another id` : problemText(problem);
    throw new LibraryError(
      'damaged',
      `The library has a cost model that cannot be read: ${reason}.`,
    );
  }
  return { id, version, digest, model: parsed.costModel, createdAt: created_at };
}

function select(
  { database, reading }: Connection,
  condition: string,
  ...values: readonly (string | number)[]
): readonly StoredCostModel[] {
  return reading(() =>
    database
      .prepare<(string | number)[], CostModelRow>(
        `SELECT id, version, digest, model, created_at FROM cost_models WHERE ${condition} ORDER BY id, version DESC`,
      )
      .all(...values)
      .map(storedFromRow),
  );
}

function findStoredCostModel({ connection }: LibraryContext, text: string): StoredCostModel | null {
  const reference = readCostModelReference(text);
  if (reference === null) return null;
  const { id, version } = reference;
  const found =
    version === null
      ? select(connection, 'id = ?', id)
      : select(connection, 'id = ? AND version = ?', id, version);
  return found[0] ?? null;
}

/** Whether two models predict the same around what they price. */
function haveSameTerms(one: CostModel, other: CostModel): boolean {
  const terms = ({ spanTerms }: CostModel): string =>
    JSON.stringify(Object.entries(spanTerms ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
  return terms(one) === terms(other);
}

function addCostModel(
  context: LibraryContext,
  model: CostModel,
  provenance: unknown,
): AddedCostModel {
  const { connection } = context;
  const digest = costModelDigest(model);
  const versions = select(connection, 'id = ?', model.id);
  const known = versions.find(
    (stored) => stored.digest === digest && haveSameTerms(stored.model, model),
  );
  if (known !== undefined) return { stored: known, isNew: false };
  const version = (versions[0]?.version ?? 0) + 1;
  const createdAt = timestamp(context);
  connection.database
    .prepare(
      `INSERT INTO cost_models (id, version, digest, model, provenance, created_at)
       VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .run(
      model.id,
      version,
      digest,
      costModelText(model),
      JSON.stringify(provenance ?? null),
      createdAt,
    );
  return { stored: { id: model.id, version, digest, model, createdAt }, isNew: true };
}

function readProvenance(
  { connection }: LibraryContext,
  stored: Pick<StoredCostModel, 'id' | 'version'>,
): unknown {
  const { id, version } = stored;
  const row = connection.reading(() =>
    connection.database
      .prepare<[string, number], { readonly provenance: string }>(
        'SELECT provenance FROM cost_models WHERE id = ? AND version = ?',
      )
      .get(id, version),
  );
  const what = `cost model ${costModelReference(stored)}`;
  if (row !== undefined) return parseStoredJson(row.provenance, `The provenance of ${what}`);
  throw new LibraryError('not-found', `There is no ${what} in ${connection.path}.`);
}

/** The cost models of an opened library. */
export function createCostModels(context: LibraryContext): CostModels {
  const { connection } = context;
  return {
    addCostModel: (model, provenance) =>
      connection.writing(() => addCostModel(context, model, provenance)),
    findStoredCostModel: (reference) => findStoredCostModel(context, reference),
    costModelProvenance: (stored) => readProvenance(context, stored),
    storedCostModels: () => select(connection, 'true'),
  };
}
