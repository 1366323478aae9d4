import {
  basisText,
  publishedFigureText,
  publishedUnitText,
  validateErrorText,
  validateRemark,
} from '#contract';
import type { ValidateRow } from '#contract';
import type { TableColumn } from '../../../components/data-table/columns.ts';
import { sourceOf, SOURCES } from './filter-rows.ts';

/** Sources stand in the order of the page, and their figures in the order of their ids. */
function placeOfSource(row: ValidateRow): number {
  return SOURCES.findIndex(({ id }) => id === sourceOf(row)) + 1;
}

/** The columns of the table of figures. */
export const VALIDATE_COLUMNS: readonly TableColumn<ValidateRow>[] = [
  {
    id: 'id',
    title: 'Figure',
    description: 'The source and what it is of it; the same id as on the command line',
    value: ({ id }) => id,
    width: 190,
    isFrozen: true,
    isAlwaysShown: true,
  },
  {
    id: 'source',
    title: 'Source',
    value: placeOfSource,
    text: ({ source }) => source,
    width: 220,
    isHiddenAtFirst: true,
  },
  { id: 'figure', title: 'What it is', value: ({ figure }) => figure, width: 190 },
  { id: 'workload', title: 'Workload', value: ({ workload }) => workload, width: 190 },
  {
    id: 'layout',
    title: 'Layout',
    description: 'As a command takes it',
    value: ({ layout }) => layout,
    text: ({ layout }) => layout || '–',
    width: 220,
    isHiddenAtFirst: true,
  },
  {
    id: 'strategy',
    title: 'Strategy',
    value: ({ strategy }) => strategy,
    text: ({ strategy }) => strategy || '–',
    width: 180,
    isHiddenAtFirst: true,
  },
  {
    id: 'published',
    title: 'Published',
    value: ({ published }) => published,
    text: ({ published }) => publishedFigureText(published) || '–',
    isNumeric: true,
    width: 82,
  },
  {
    id: 'modelled',
    title: 'Modelled',
    value: ({ modelled }) => modelled,
    text: ({ modelled }) => publishedFigureText(modelled) || '–',
    isNumeric: true,
    width: 82,
  },
  {
    id: 'unit',
    title: 'Unit',
    value: ({ unit }) => unit,
    text: ({ unit }) => publishedUnitText(unit) || unit,
    width: 64,
  },
  {
    id: 'error',
    title: 'Error',
    description: 'Of the modelled figure; the band is what a prediction may be off',
    value: ({ errorPercent }) => errorPercent,
    text: (row) => validateErrorText(row) || '–',
    unit: 'percent',
    isNumeric: true,
    width: 146,
  },
  {
    id: 'basis',
    title: 'Basis',
    description: 'Whether something was fitted on this figure',
    value: basisText,
    width: 108,
  },
  {
    id: 'costModel',
    title: 'Cost model',
    value: ({ costModel }) => costModel,
    text: ({ costModel }) => costModel ?? '–',
    width: 110,
    isHiddenAtFirst: true,
  },
  {
    id: 'remark',
    title: 'Remark',
    description: 'Why it is off or not modelled, and what the figure can be',
    value: validateRemark,
    width: 160,
    isFlexible: true,
  },
];
