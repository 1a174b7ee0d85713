/** Was this package built for a board's own coder or FHIR server (`npm run build:connected`)? False in the default build, from which all that it guards is then left out. */
declare const __CONNECTED__: boolean;
/** Origins that this package may send to; its content security policy allows no other. */
declare const __CODER_ORIGINS__: readonly string[];
