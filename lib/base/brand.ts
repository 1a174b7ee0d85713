declare const brand: unique symbol;

/** A string or number that must not be swapped with another of the same shape (a rule id for a document id, say). */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };
