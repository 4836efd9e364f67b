export interface VegaLibrary { version: 1 }
