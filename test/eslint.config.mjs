import tseslint from 'typescript-eslint';
import noUnsanitized from 'eslint-plugin-no-unsanitized';

const egress = 'Nothing leaves the browser: only the one sending module, entrypoints/background/send.ts, may do this.';

export default tseslint.config(
  { ignores: ['node_modules/', '.output/', '.wxt/', '.cache/', 'assets/demo/', 'test/pages/'] },
  ...tseslint.configs.recommended,
  noUnsanitized.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mjs}'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
    },
  },
  {
    files: ['lib/**', 'components/**', 'entrypoints/**'],
    rules: {
      'no-restricted-syntax': ['error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
        { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Text goes through text nodes only.' },
        { selector: 'Property[key.name=/^(placeholderData|keepPreviousData)$/]', message: 'It would show the previous patient by design.' },
        { selector: 'CallExpression[callee.name="setInterval"]', message: 'No polling.' },
      ],
      'no-restricted-globals': ['error',
        { name: 'fetch', message: egress }, { name: 'XMLHttpRequest', message: egress }, { name: 'WebSocket', message: egress }, { name: 'EventSource', message: egress }],
      'no-restricted-properties': ['error',
        { object: 'navigator', property: 'sendBeacon', message: egress }, { object: 'window', property: 'open', message: egress }],
    },
  },
  // The two places that fetch: a letter, from the record's own origin, on a person's request; and the lexicon, a file of the package itself. They send nothing.
  { files: ['lib/capture/letters.ts', 'entrypoints/background/packaged-lists.ts'], rules: { 'no-restricted-globals': ['error', { name: 'XMLHttpRequest', message: egress }, { name: 'WebSocket', message: egress }, { name: 'EventSource', message: egress }] } },
  { files: ['entrypoints/background/send.ts'], rules: { 'no-restricted-globals': ['error', { name: 'XMLHttpRequest', message: egress }, { name: 'WebSocket', message: egress }, { name: 'EventSource', message: egress }] } },
  { files: ['lib/**', 'components/**'], rules: { 'no-console': 'error' } },
);
