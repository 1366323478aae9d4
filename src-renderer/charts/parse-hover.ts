import type { ChartHover } from './picture.ts';

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** What ECharts says of a pointer or a click, or null for something a picture cannot know. */
export function hoverFromParams(params: unknown): ChartHover | null {
  if (Array.isArray(params)) {
    const first: unknown = params[0];
    if (!isRecord(first)) return null;
    // A category axis gives the category and not its place.
    const position =
      first['axisType'] === 'yAxis.category' ? first['dataIndex'] : first['axisValue'];
    return typeof position === 'number' ? { kind: 'axis', position } : null;
  }
  if (!isRecord(params)) return null;
  const { seriesId, dataIndex } = params;
  return typeof seriesId === 'string' && typeof dataIndex === 'number'
    ? { kind: 'item', seriesId, index: dataIndex }
    : null;
}
