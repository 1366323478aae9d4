import { computed, inject, onScopeDispose, shallowRef } from 'vue';
import type { App, ComputedRef, InjectionKey } from 'vue';

/** Something the user can ask for, whatever they ask with: menu, key, palette or button. */
export type Command = {
  /** One of MENU_COMMANDS, or `page.verb` for a command that only the window has. */
  readonly id: string;
  /** An order to the window: `Show library`, `Export CSV…`. */
  readonly title: string;
  /** The heading it stands under in the palette and the shortcuts sheet. */
  readonly group: string;
  /** `Mod+Shift+O`, `?`, or `G L` for one key after another. `Mod` is Ctrl, or Command on a Mac. */
  readonly shortcut?: string;
  /** Whether it can be done now; a command without it always can. Read reactively. */
  readonly when?: () => boolean;
  readonly run: () => unknown;
};

export type CommandRegistry = {
  /**
   * Adds commands; one with the id of an older one takes its place until it goes.
   *
   * @returns The function that takes them away again.
   */
  readonly register: (commands: readonly Command[]) => () => void;
  /** Each id once; those of the page, which came last, before those of the window. */
  readonly commands: ComputedRef<readonly Command[]>;
  /** Runs a command if it is there and can be done now; says whether it did. */
  readonly run: (id: string) => boolean;
};

export function isAvailable(command: Command): boolean {
  return command.when?.() ?? true;
}

export function createCommandRegistry(): CommandRegistry {
  const layers = shallowRef<readonly (readonly Command[])[]>([]);
  const commands = computed(() => {
    const byId = new Map<string, Command>();
    for (const layer of layers.value.toReversed()) {
      for (const command of layer) if (!byId.has(command.id)) byId.set(command.id, command);
    }
    return [...byId.values()];
  });
  return {
    commands,
    register: (added) => {
      const layer = [...added];
      layers.value = [...layers.value, layer];
      return () => {
        layers.value = layers.value.filter((one) => one !== layer);
      };
    },
    run: (id) => {
      const command = commands.value.find((one) => one.id === id);
      if (command === undefined || !isAvailable(command)) return false;
      command.run();
      return true;
    },
  };
}

const registryKey: InjectionKey<CommandRegistry> = Symbol('commands');

export function provideCommands(application: App, registry: CommandRegistry): void {
  application.provide(registryKey, registry);
}

export function useCommandRegistry(): CommandRegistry {
  const registry = inject(registryKey, null);
  if (registry === null) throw new Error('This application was given no commands.');
  return registry;
}

/** Offers commands for as long as the calling component is on screen. */
export function useCommands(commands: readonly Command[]): void {
  onScopeDispose(useCommandRegistry().register(commands));
}
