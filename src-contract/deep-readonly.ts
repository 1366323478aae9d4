/** A value that nobody changes, all the way down; lists and tuples stay what they are. */
export type DeepReadonly<Value> = Value extends string | number | boolean | null | undefined
  ? Value
  : { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> };
