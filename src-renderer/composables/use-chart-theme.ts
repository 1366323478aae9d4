import { computed, shallowRef, watch } from 'vue';
import type { ComputedRef, ShallowRef } from 'vue';
import { useSettingsStore } from '../stores/settings-store.ts';
import { chartTheme, readChartTokens } from '../styles/chart-theme.ts';
import type { ChartTokens } from '../styles/chart-theme.ts';

/** The tokens and the ECharts theme of the theme on screen; both change with it. */
export function useChartTheme(): {
  readonly tokens: Readonly<ShallowRef<ChartTokens>>;
  readonly theme: ComputedRef<object>;
} {
  const settings = useSettingsStore();
  const read = (): ChartTokens => readChartTokens(document.documentElement);
  const tokens = shallowRef(read());
  // The document has changed by then: `useTheme` does that at once.
  watch(
    () => settings.theme,
    () => (tokens.value = read()),
  );
  return { tokens, theme: computed(() => chartTheme(tokens.value)) };
}
