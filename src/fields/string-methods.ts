/**
 * Methods of strings as functions. V8 looks a method up anew for each kind of string that it keeps in
 * memory (flat, a slice of another, a concatenation, one or two bytes a unit); where all of them come
 * by, that costs more than the method does.
 */

export const charCodeAt: (text: string, index: number) => number = Function.prototype.call.bind(
  String.prototype.charCodeAt,
);

export const indexOf: (text: string, found: string, from?: number) => number =
  Function.prototype.call.bind(String.prototype.indexOf);

export const trim: (text: string) => string = Function.prototype.call.bind(String.prototype.trim);
