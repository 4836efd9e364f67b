/** A style sheet as its text, for tests. */
declare module "*.css?raw" {
  const text: string;
  export default text;
}
