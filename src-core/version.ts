/**
 * Version of everything that decides a result: raised when the same trial would count, price or draw
 * differently. It is part of every trial's id.
 */
export const CORE_VERSION = '3';
