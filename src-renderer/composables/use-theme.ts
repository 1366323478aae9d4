import { onScopeDispose, watchEffect } from 'vue';
import { useSettingsStore } from '../stores/settings-store.ts';

/** Keeps the document in the chosen theme, and the store aware of what the system prefers. */
export function useTheme(): void {
  const settings = useSettingsStore();
  const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');
  const note = (): void => settings.noteSystemTheme(prefersDark.matches);
  note();
  prefersDark.addEventListener('change', note);
  onScopeDispose(() => prefersDark.removeEventListener('change', note));
  // Before the charts read their tokens, which they do when the theme changes.
  watchEffect(() => document.documentElement.classList.toggle('dark', settings.theme === 'dark'), {
    flush: 'sync',
  });
}
