import type { LineSeriesOption } from 'echarts';
import type { ChartTokens } from '../styles/chart-theme.ts';
import type { Scale } from './scales.ts';

/**
 * Where one figure is `factor` times the other, on two logarithmic axes of one scale.
 *
 * @param name  What the line says; it stands in no legend by itself.
 */
export function agreementLine(
  factor: number,
  name: string,
  scale: Scale,
  tokens: ChartTokens,
): LineSeriesOption {
  const { min, max } = scale.axis;
  const shift = Math.log10(factor);
  return {
    id: `line/${factor}`,
    name,
    type: 'line',
    silent: true,
    symbol: 'none',
    z: 1,
    color: tokens.textMuted,
    lineStyle: {
      width: factor === 1 ? 1.25 : 1,
      type: factor === 1 ? 'solid' : [4, 3],
      color: factor === 1 ? tokens.lineStrong : tokens.textMuted,
    },
    data: [
      [Math.max(min, min - shift), Math.max(min, min + shift)],
      [Math.min(max, max - shift), Math.min(max, max + shift)],
    ],
  };
}
