/** How a user arranged a table. */
export type TableLayout = {
  readonly sorting: { id: string; desc: boolean }[];
  /** By column id; a column that is not here is shown as it was designed. */
  readonly shown: Readonly<Record<string, boolean>>;
  /** Whether columns in which all rows agree are left out. */
  readonly hidesConstant: boolean;
};

export function emptyLayout(
  sorting: readonly { readonly id: string; readonly desc: boolean }[],
): TableLayout {
  return {
    sorting: sorting.map(({ id, desc }) => ({ id, desc })),
    shown: {},
    hidesConstant: false,
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSort(value: unknown): boolean {
  return isRecord(value) && typeof value['id'] === 'string' && typeof value['desc'] === 'boolean';
}

/** Whether what was remembered is a layout of this version. */
export function isTableLayout(value: unknown): value is TableLayout {
  return (
    isRecord(value) &&
    typeof value['hidesConstant'] === 'boolean' &&
    isRecord(value['shown']) &&
    Object.values(value['shown']).every((shown) => typeof shown === 'boolean') &&
    Array.isArray(value['sorting']) &&
    value['sorting'].every(isSort)
  );
}
