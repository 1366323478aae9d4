import type { LabErrorCode, Reply } from '#contract';

type Failure = Extract<Reply<unknown>, { readonly ok: false }>;

/** What a failure says first; the message of the laboratory follows. */
const LEADS: Readonly<Record<LabErrorCode, string>> = {
  'bad-input': '',
  'not-found': '',
  conflict: '',
  'library-failed': 'The library could not be read or written: ',
  'file-failed': '',
  unexpected: 'Something went wrong that should not have: ',
};

function closed(sentence: string): string {
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** `heap.csv`, `/srv/library.db`: a name is written as it is, also at the beginning. */
const FILE_NAME = /^\S*[./\\]\w/;

function capitalised(sentence: string): string {
  if (FILE_NAME.test(sentence)) return sentence;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** A failure as one sentence for the user. */
export function sentenceFromFailure(failure: Failure): string {
  return closed(capitalised(`${LEADS[failure.code]}${failure.message}`));
}

/** "1 run", "2 runs", "1,000 runs". */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`;
}
