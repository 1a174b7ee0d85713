export { createRemoteCoder, type RemoteWires } from './remote.js';
export { checkReply, type RawReply } from './check-reply.js';
export { contractSchema, mostCharacters, mostReplyBytes, mostSuggestions, writeRequest, type ContractRequest } from './contract.js';
export { hidden, minimumText } from './minimum-text.js';
