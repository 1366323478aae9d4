import {
  BarChart,
  CustomChart,
  HeatmapChart,
  LineChart,
  ParallelChart,
  ScatterChart,
} from 'echarts/charts';
import {
  AriaComponent,
  GridComponent,
  LegendScrollComponent,
  MarkLineComponent,
  ParallelComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';
import type { EChartsOption } from 'echarts';
import type { ChartPicture } from './picture.ts';
import { bytesFromBase64, pngWithTexts } from './png-text.ts';
import { provenanceFields, provenanceLine } from './provenance.ts';
import type { Provenance } from './provenance.ts';

use([
  BarChart,
  CustomChart,
  HeatmapChart,
  LineChart,
  ParallelChart,
  ScatterChart,
  AriaComponent,
  GridComponent,
  LegendScrollComponent,
  MarkLineComponent,
  ParallelComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
  CanvasRenderer,
  SVGRenderer,
]);

/** How an exported picture looks: the colours on screen, and its size there. */
export type Sheet = {
  readonly theme: object;
  readonly background: string;
  readonly muted: string;
  readonly width: number;
  readonly height: number;
};

/** Slides and papers are seen from nearer than screens. */
const PIXEL_RATIO = 2;
const TITLE_HEIGHT = 34;
const FOOT_HEIGHT = 24;

/** A picture with its title and where it comes from: on paper nothing stands around it. */
function exportOption(
  { option, title }: ChartPicture,
  provenance: Provenance,
  { background, muted, height }: Sheet,
): EChartsOption {
  const legends = [option.legend ?? []].flat();
  const grids = [option.grid ?? []].flat();
  const visualMaps = [option.visualMap ?? []].flat();
  const parallels = [option.parallel ?? []].flat();
  const lower = (distance: unknown): number =>
    (typeof distance === 'number' ? distance : 0) + TITLE_HEIGHT;
  return {
    ...option,
    backgroundColor: background,
    tooltip: { show: false },
    legend: legends.map((legend) => ({ ...legend, top: lower(legend.top) })),
    grid: grids.map((grid) => ({
      ...grid,
      top: lower(grid.top),
      bottom: (typeof grid.bottom === 'number' ? grid.bottom : 0) + FOOT_HEIGHT,
    })),
    visualMap: visualMaps.map((map) => ({ ...map, top: lower(map.top) })),
    parallel: parallels.map((parallel) => ({
      ...parallel,
      top: lower(parallel.top),
      bottom: (typeof parallel.bottom === 'number' ? parallel.bottom : 0) + FOOT_HEIGHT,
    })),
    title: [
      { text: title, left: 12, top: 8 },
      {
        text: provenanceLine(provenance),
        left: 12,
        top: height + TITLE_HEIGHT + 2,
        textStyle: { color: muted, fontSize: 11, fontWeight: 'normal' },
      },
    ],
  };
}

function sizeOf({ width, height }: Sheet): { readonly width: number; readonly height: number } {
  return { width, height: height + TITLE_HEIGHT + FOOT_HEIGHT };
}

/** A picture as PNG, twice as fine as on screen, with its provenance as texts in the file. */
export function pngFromPicture(
  picture: ChartPicture,
  provenance: Provenance,
  sheet: Sheet,
): Uint8Array {
  const chart = init(document.createElement('div'), sheet.theme, sizeOf(sheet));
  try {
    chart.setOption(exportOption(picture, provenance, sheet));
    const address = chart.getDataURL({ type: 'png', pixelRatio: PIXEL_RATIO });
    const image = bytesFromBase64(address.slice(address.indexOf(',') + 1));
    return pngWithTexts(image, [
      { name: 'Title', value: picture.title },
      { name: 'Source', value: provenanceLine(provenance) },
      ...provenanceFields(provenance),
    ]);
  } finally {
    chart.dispose();
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A picture as SVG, with its title and provenance as metadata. */
export function svgFromPicture(
  picture: ChartPicture,
  provenance: Provenance,
  sheet: Sheet,
): string {
  const chart = init(null, sheet.theme, { renderer: 'svg', ssr: true, ...sizeOf(sheet) });
  try {
    chart.setOption(exportOption(picture, provenance, sheet));
    const fields = provenanceFields(provenance).map(({ name, value }) => `${name}: ${value}`);
    const about = `<title>${escaped(picture.title)}</title><desc>${escaped(fields.join('\n'))}</desc>`;
    return chart.renderToSVGString().replace(/<svg[^>]*>/, (opening) => `${opening}${about}`);
  } finally {
    chart.dispose();
  }
}
