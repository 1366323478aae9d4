import { MEASUREMENT_KINDS } from '#contract';
import type { TableColumn } from '../../components/data-table/columns.ts';
import { formatBytes, formatDateTime } from '../../format.ts';
import type { MeasurementRow } from './measurement-contents.ts';

type MeasurementColumn = TableColumn<MeasurementRow>;

const MAIN: readonly MeasurementColumn[] = [
  {
    id: 'name',
    title: 'Measurement',
    value: ({ measurement }) => measurement.name,
    width: 190,
    isAlwaysShown: true,
  },
  {
    id: 'kind',
    title: 'Kind',
    value: ({ measurement }) => MEASUREMENT_KINDS[measurement.kind],
    width: 150,
  },
  {
    id: 'summary',
    title: 'What was read',
    value: ({ measurement }) => measurement.summary,
    width: 220,
    isFlexible: true,
  },
  { id: 'session', title: 'Session', value: ({ sessionName }) => sessionName, width: 140 },
  {
    id: 'imported',
    title: 'Imported',
    value: ({ measurement }) => measurement.importedAt,
    text: ({ measurement }) => formatDateTime(measurement.importedAt),
    width: 128,
  },
  {
    id: 'notes',
    title: 'Notes',
    icon: 'note',
    value: ({ measurement }) => measurement.notes,
    width: 44,
  },
];

const FURTHER: readonly MeasurementColumn[] = [
  { id: 'file', title: 'File', value: ({ measurement }) => measurement.fileName, width: 160 },
  {
    id: 'bytes',
    title: 'Size',
    value: ({ measurement }) => measurement.bytes,
    text: ({ measurement }) => formatBytes(measurement.bytes),
    unit: 'bytes',
    isNumeric: true,
    width: 80,
  },
  { id: 'command', title: 'Made by', value: ({ measurement }) => measurement.command, width: 200 },
  { id: 'sha256', title: 'SHA-256', value: ({ measurement }) => measurement.sha256, width: 200 },
  { id: 'id', title: 'Measurement id', value: ({ measurement }) => measurement.id, width: 280 },
];

/** The columns of the table of measurements. */
export const MEASUREMENT_COLUMNS: readonly MeasurementColumn[] = [
  ...MAIN,
  ...FURTHER.map((column) => ({ ...column, isHiddenAtFirst: true, group: 'Further' })),
];
