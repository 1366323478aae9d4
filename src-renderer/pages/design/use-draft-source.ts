import { useRoute, useRouter } from 'vue-router';
import { useFiles } from '../../composables/use-files.ts';
import { useLab } from '../../lab-access.ts';
import { replaceOwnAddress } from '../../own-address.ts';
import { designStartFrom } from '../../routes.ts';
import { useCatalogueStore } from '../../stores/catalogue-store.ts';
import { useDraftStore } from '../../stores/draft-store.ts';
import { useLibraryStore } from '../../stores/library-store.ts';
import { useNoticesStore } from '../../stores/notices-store.ts';
import { valueAt } from './draft/draft-path.ts';
import { readDraftText } from './draft/draft-document.ts';
import { NEW_EXPERIMENT } from './draft/new-parts.ts';

/** Where drafts come from and go to: the catalogue, runs and files. */
export type DraftSource = {
  /** Opens what the address of the page asks for, else the draft of last time. */
  readonly openAddressed: () => Promise<void>;
  readonly beginNew: () => void;
  readonly beginFromCatalogue: (experimentId: string) => Promise<void>;
  readonly beginFromRun: (runId: string) => Promise<void>;
  readonly open: () => Promise<void>;
  readonly save: () => Promise<void>;
};

/** A file name for a draft, by the name of its experiment. */
function fileNameOf(text: string): string {
  const name = valueAt(readDraftText(text).value, ['name']);
  const isUsable = typeof name === 'string' && /^[\w.-]{1,100}$/.test(name);
  return `${isUsable ? name : 'experiment'}.yaml`;
}

export function useDraftSource(): DraftSource {
  const lab = useLab();
  const route = useRoute();
  const router = useRouter();
  const draft = useDraftStore();
  const catalogue = useCatalogueStore();
  const library = useLibraryStore();
  const notices = useNoticesStore();
  const files = useFiles();

  /** What was typed into the draft before can be had back. */
  function sayReplaced(hadDraft: boolean, what: string): void {
    if (hadDraft) notices.say(`${what} is the draft now.`, { title: 'Undo', run: draft.undo });
  }

  function beginNew(): void {
    const { hasDraft } = draft;
    draft.begin(NEW_EXPERIMENT, { origin: { kind: 'new' }, saved: null });
    sayReplaced(hasDraft, 'A new experiment');
  }

  async function beginFromCatalogue(experimentId: string): Promise<void> {
    const { hasDraft } = draft;
    const reply = await catalogue.readExperiment(experimentId);
    if (!notices.report(reply)) return;
    const { text } = reply.value;
    if (text === draft.text) return;
    const saved = { argument: experimentId, text };
    draft.begin(text, { origin: { kind: 'catalogue', experimentId }, saved });
    sayReplaced(hasDraft, experimentId);
  }

  async function beginFromRun(runId: string): Promise<void> {
    const { hasDraft } = draft;
    if (!library.isLoaded) notices.report(await library.load());
    const run = library.runsById.get(runId);
    if (run === undefined) {
      notices.fail('This run is not in the library any more.');
      return;
    }
    draft.begin(run.experimentText, { origin: { kind: 'run', runId }, saved: null });
    sayReplaced(hasDraft, `The experiment of “${run.title}”`);
  }

  async function open(): Promise<void> {
    const reply = await lab.openExperimentFile({ upload: null });
    if (!notices.report(reply) || reply.value === null) return;
    const { hasDraft } = draft;
    const { text, fileName, path } = reply.value;
    const saved = { argument: path ?? fileName, text };
    draft.begin(text, { origin: { kind: 'file', fileName }, saved });
    sayReplaced(hasDraft, fileName);
  }

  async function save(): Promise<void> {
    const { text } = draft;
    const reply = await lab.saveExperimentFile({ text, suggestedName: fileNameOf(text) });
    files.finishSave(reply);
    if (!reply.ok || reply.value.kind === 'cancelled') return;
    draft.noteSaved(reply.value.kind === 'saved' ? reply.value.path : reply.value.fileName);
  }

  async function openAddressed(): Promise<void> {
    const start = designStartFrom(route.query);
    if (!draft.isLoaded) notices.report(await draft.load());
    // The address has done its work: going back or reloading must not begin anew.
    if (start.kind !== 'draft') await replaceOwnAddress(router, { name: 'design' });
    switch (start.kind) {
      case 'draft':
        return;
      case 'new':
        beginNew();
        return;
      case 'file':
        await open();
        return;
      case 'catalogue':
        await beginFromCatalogue(start.experimentId);
        return;
      case 'run':
        await beginFromRun(start.runId);
    }
  }

  return { openAddressed, beginNew, beginFromCatalogue, beginFromRun, open, save };
}
