import { computed, shallowRef } from 'vue';
import { defineStore } from 'pinia';
import { readRemembered, remember } from '../remembered.ts';

export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];
export type Theme = 'light' | 'dark';

const KEY = 'theme';

export function isThemeChoice(value: unknown): value is ThemeChoice {
  return THEME_CHOICES.some((choice) => choice === value);
}

/** What this user chose for this window; kept on this machine. */
export const useSettingsStore = defineStore('settings', () => {
  const themeChoice = shallowRef<ThemeChoice>(readRemembered(KEY, isThemeChoice) ?? 'system');
  /** What the system prefers now; App.vue keeps it current. */
  const systemTheme = shallowRef<Theme>('light');
  const theme = computed<Theme>(() =>
    themeChoice.value === 'system' ? systemTheme.value : themeChoice.value,
  );

  function chooseTheme(choice: ThemeChoice): void {
    themeChoice.value = choice;
    remember(KEY, choice);
  }

  function noteSystemTheme(systemIsDark: boolean): void {
    systemTheme.value = systemIsDark ? 'dark' : 'light';
  }

  return { themeChoice, theme, chooseTheme, noteSystemTheme };
});
