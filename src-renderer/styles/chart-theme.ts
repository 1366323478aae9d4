/** The colours and type a chart needs, as CSS text. One set per theme; see tokens.css. */
export type ChartTokens = {
  readonly text: string;
  readonly textMuted: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly surface: string;
  readonly surfaceRaised: string;
  readonly accent: string;
  readonly good: string;
  readonly warn: string;
  readonly bad: string;
  readonly fontText: string;
  /** Ten colours that stay apart for colour-blind readers, in the order series take them. */
  readonly series: readonly string[];
};

const SERIES = Array.from({ length: 10 }, (_, index) => `--chart-${index + 1}`);

/** `#fff`, which a build makes of `#ffffff`: charts mix colours, and need all six digits. */
function allDigits(value: string): string {
  return /^#[0-9a-f]{3}$/i.test(value) ? value.replaceAll(/[0-9a-f]/gi, '$&$&') : value;
}

/**
 * The chart tokens of a theme.
 *
 * @param readValue  The value of a custom property by its name, such as `--text`.
 */
export function chartTokensFrom(readValue: (name: string) => string): ChartTokens {
  const valueOf = (name: string): string => allDigits(readValue(name));
  return {
    text: valueOf('--text'),
    textMuted: valueOf('--text-muted'),
    line: valueOf('--line'),
    lineStrong: valueOf('--line-strong'),
    surface: valueOf('--surface'),
    surfaceRaised: valueOf('--surface-raised'),
    accent: valueOf('--accent'),
    good: valueOf('--good'),
    warn: valueOf('--warn'),
    bad: valueOf('--bad'),
    fontText: valueOf('--font-text'),
    series: SERIES.map(valueOf),
  };
}

/** The chart tokens as they are on screen now. */
export function readChartTokens(root: HTMLElement): ChartTokens {
  const style = getComputedStyle(root);
  return chartTokensFrom((name) => style.getPropertyValue(name).trim());
}

function axis(tokens: ChartTokens): object {
  return {
    nameTextStyle: { color: tokens.textMuted, fontSize: 12 },
    axisLabel: { color: tokens.textMuted, fontSize: 11 },
    axisLine: { lineStyle: { color: tokens.lineStrong } },
    axisTick: { lineStyle: { color: tokens.lineStrong } },
    splitLine: { lineStyle: { color: tokens.line } },
    minorSplitLine: { lineStyle: { color: tokens.line, opacity: 0.5 } },
  };
}

/** An ECharts theme: what every chart has in common, so that options hold only what is theirs. */
export function chartTheme(tokens: ChartTokens): object {
  return {
    color: [...tokens.series],
    backgroundColor: 'transparent',
    textStyle: { fontFamily: tokens.fontText, color: tokens.text, fontSize: 12 },
    title: { textStyle: { color: tokens.text, fontSize: 13, fontWeight: 600 } },
    legend: {
      textStyle: { color: tokens.text, fontSize: 12 },
      inactiveColor: tokens.lineStrong,
      pageIconColor: tokens.text,
      pageTextStyle: { color: tokens.textMuted },
      itemWidth: 14,
      itemHeight: 8,
    },
    tooltip: {
      // A strict content policy blocks the inline styles of an HTML tooltip.
      renderMode: 'richText',
      backgroundColor: tokens.surfaceRaised,
      borderColor: tokens.lineStrong,
      borderWidth: 1,
      textStyle: { color: tokens.text, fontSize: 12, fontFamily: tokens.fontText },
    },
    valueAxis: axis(tokens),
    logAxis: axis(tokens),
    categoryAxis: { ...axis(tokens), splitLine: { show: false } },
    line: { symbolSize: 5, lineStyle: { width: 2 } },
    bar: { barMaxWidth: 48 },
    dataZoom: {
      borderColor: tokens.line,
      textStyle: { color: tokens.textMuted },
      handleStyle: { color: tokens.accent },
    },
  };
}
