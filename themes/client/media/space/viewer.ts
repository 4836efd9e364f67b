/** Something in space on a canvas of WebGL, turned by dragging or by the arrow keys. */
import { AmbientLight, Box3, Color, DirectionalLight, Group, Material, Mesh, type Object3D, OrthographicCamera, Scene, Sphere, Texture, Vector3, WebGLRenderer } from "three";
import { button, element } from "../../elements";
import { theme } from "../../theme";
import { moves } from "../moves";
import { FIRST_LOOK, type Look, zoomed } from "../turn";
import { redrawn } from "../redrawn";

const KEY_ZOOM = 1.25;
const MARGIN = 1.05;
const HELP = "Drag or use the arrow keys to turn, plus and minus to zoom, 0 to look from the start again.";
const NO_WEBGL = "This browser draws nothing in space (WebGL is off or missing). The file can be downloaded below.";

/** An object, and how it is upright: of meshes y is up, of scenes z. */
export interface Shown {
  object: Object3D;
  up: "y" | "z";
}

function renderer(canvas: HTMLCanvasElement): WebGLRenderer | null {
  const context = canvas.getContext("webgl2", { antialias: true });
  return context ? new WebGLRenderer({ canvas, context, antialias: true }) : null;
}

/** Lets go of all that the graphics card holds of an object. */
function dispose(object: Object3D): void {
  object.traverse((part) => {
    if (!(part instanceof Mesh)) return;
    part.geometry.dispose();
    for (const material of [part.material].flat() as Material[]) {
      for (const value of Object.values(material)) if (value instanceof Texture) value.dispose();
      material.dispose();
    }
  });
}

/** Lights that go along with the eye, so that every side can be seen. */
function lights(camera: OrthographicCamera): void {
  const key = new DirectionalLight(0xffffff, 2.2);
  key.position.set(-1, 1.5, 2);
  camera.add(key, new AmbientLight(0xffffff, 1.1));
}

/** Draws what `make` gives in a host; says so where it cannot. Returns how to remove it. */
export async function view(host: HTMLElement, make: () => Promise<Shown>): Promise<() => void> {
  const words = [...host.childNodes];
  const canvas = element("canvas", { tabindex: 0, role: "img", "aria-label": `${host.dataset["label"] ?? ""}. ${HELP}`, title: HELP });
  const gl = renderer(canvas);
  if (!gl) {
    host.replaceChildren(...words, element("p", { class: "medium-note", role: "status" }, NO_WEBGL));
    return () => host.replaceChildren(...words);
  }
  const { object, up } = await make();
  const scene = new Scene();
  const camera = new OrthographicCamera();
  const turned = new Group();
  if (up === "y") turned.rotation.x = Math.PI / 2;
  turned.add(object);
  scene.add(turned, camera);
  lights(camera);
  const ball = new Box3().setFromObject(turned).getBoundingSphere(new Sphere());
  if (!(ball.radius > 0)) ball.radius = 1;
  let look: Look = FIRST_LOOK;

  function draw(): void {
    const width = Math.max(1, canvas.clientWidth);
    const height = Math.max(1, canvas.clientHeight);
    gl?.setPixelRatio(devicePixelRatio || 1);
    gl?.setSize(width, height, false);
    scene.background = new Color(theme().page);
    const reach = (ball.radius * MARGIN * FIRST_LOOK.zoom) / look.zoom;
    const [across, tall] = width < height ? [reach, (reach * height) / width] : [(reach * width) / height, reach];
    Object.assign(camera, { left: -across, right: across, top: tall, bottom: -tall, near: 0, far: ball.radius * 8 });
    camera.updateProjectionMatrix();
    const { azimuth, elevation } = look;
    const eye = new Vector3(Math.cos(azimuth) * Math.cos(elevation), Math.sin(azimuth) * Math.cos(elevation), Math.sin(elevation));
    camera.up.set(-Math.cos(azimuth) * Math.sin(elevation), -Math.sin(azimuth) * Math.sin(elevation), Math.cos(elevation));
    camera.position.copy(ball.center).addScaledVector(eye, ball.radius * 4);
    camera.lookAt(ball.center);
    gl?.render(scene, camera);
    host.dataset["drawn"] = "true";
  }
  const { again, stop } = redrawn(canvas, draw);
  const change = (made: (look: Look) => Look) => {
    look = made(look);
    again();
  };
  const nearer = button("Nearer", "+", () => change((now) => zoomed(now, KEY_ZOOM)));
  const farther = button("Farther", "−", () => change((now) => zoomed(now, 1 / KEY_ZOOM)));
  nearer.setAttribute("aria-label", "Nearer");
  farther.setAttribute("aria-label", "Farther");
  host.replaceChildren(canvas, element("div", { class: "cloud-controls" }, nearer, farther));
  moves(canvas, change);
  return () => {
    stop();
    dispose(object);
    gl.dispose();
    // A page may have no more than some sixteen of them.
    gl.forceContextLoss();
    delete host.dataset["drawn"];
    host.replaceChildren(...words);
  };
}
