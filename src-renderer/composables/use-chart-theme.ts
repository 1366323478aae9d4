import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useSettingsStore } from '../stores/settings-store.ts';
import { chartTheme, readChartTokens } from '../styles/chart-theme.ts';
import type { ChartTokens } from '../styles/chart-theme.ts';

/** The tokens and the ECharts theme of the theme on screen; both change with it. */
export function useChartTheme(): {
  readonly tokens: ComputedRef<ChartTokens>;
  readonly theme: ComputedRef<object>;
} {
  const settings = useSettingsStore();
  const tokens = computed(() => {
    // The document has no reactive colours: naming the theme makes this run again with it.
    void settings.theme;
    return readChartTokens(document.documentElement);
  });
  return { tokens, theme: computed(() => chartTheme(tokens.value)) };
}
