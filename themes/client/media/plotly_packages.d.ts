/** The part of Plotly that we touch. */
declare module "plotly.js-strict-dist-min" {
  const Plotly: {
    newPlot(host: HTMLElement, data: object[], layout: object, config: object): Promise<unknown>;
    purge(host: HTMLElement): void;
  };
  export default Plotly;
}
