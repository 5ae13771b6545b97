// TypeScript 6 wants to know a module that is imported for its effect, too.
export {};
