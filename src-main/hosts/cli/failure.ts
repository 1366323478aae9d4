/** What was asked for is right but could not be done. Ends the process with status 1. */
export class Failure extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'Failure';
  }
}
