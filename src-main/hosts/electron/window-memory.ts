import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Bounds } from './window-bounds.ts';

/** What the window remembers on this machine. Losing it loses no work. */
export type WindowMemory = {
  readonly bounds: Bounds | null;
  readonly isMaximised: boolean;
  /** Files that were opened or saved, the latest first. */
  readonly recentFiles: readonly string[];
};

export const NOTHING_REMEMBERED: WindowMemory = {
  bounds: null,
  isMaximised: false,
  recentFiles: [],
};

const MOST_RECENT_FILES = 10;

function readNumber(source: object, key: string): number | null {
  const value: unknown = Reflect.get(source, key);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

function readBounds(value: unknown): Bounds | null {
  if (typeof value !== 'object' || value === null) return null;
  const [x, y] = [readNumber(value, 'x'), readNumber(value, 'y')];
  const [width, height] = [readNumber(value, 'width'), readNumber(value, 'height')];
  if (x === null || y === null || width === null || height === null) return null;
  return { x, y, width, height };
}

/** Takes of a text what it understands; the rest is as if nothing were remembered. */
export function memoryFromText(text: string): WindowMemory {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return NOTHING_REMEMBERED;
  }
  if (typeof value !== 'object' || value === null) return NOTHING_REMEMBERED;
  const files: unknown = Reflect.get(value, 'recentFiles');
  return {
    bounds: readBounds(Reflect.get(value, 'bounds')),
    isMaximised: Reflect.get(value, 'isMaximised') === true,
    recentFiles: Array.isArray(files)
      ? files.filter((file) => typeof file === 'string').slice(0, MOST_RECENT_FILES)
      : [],
  };
}

/** Puts a file at the head of the recent ones. */
export function withRecentFile(memory: WindowMemory, path: string): WindowMemory {
  const others = memory.recentFiles.filter((file) => file !== path);
  return { ...memory, recentFiles: [path, ...others].slice(0, MOST_RECENT_FILES) };
}

/** Keeps what the window remembers in a file. */
export class WindowMemoryFile {
  private readonly path: string;
  private memory: WindowMemory;

  constructor(path: string) {
    this.path = path;
    this.memory = memoryFromText(this.readText());
  }

  get current(): WindowMemory {
    return this.memory;
  }

  update(memory: WindowMemory): void {
    this.memory = memory;
    const unfinished = `${this.path}.part`;
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      writeFileSync(unfinished, JSON.stringify(memory, null, 2));
      renameSync(unfinished, this.path);
    } catch {
      // A window that opens elsewhere the next time is no reason to disturb anybody now.
    }
  }

  private readText(): string {
    try {
      return readFileSync(this.path, 'utf8');
    } catch {
      return '';
    }
  }
}
