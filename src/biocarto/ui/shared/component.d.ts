/**
 * What Streamlit hands a component of ours (`st.components.v2.component`) each time that its data changes. What the component returns is
 * called when it goes.
 */
export interface ComponentArgs<Data> {
  data: Data;
  /** What the `html` of the component was put into. */
  parentElement: HTMLElement | ShadowRoot;
  /** Tell the server a value that stays. */
  setStateValue: (name: string, value: unknown) => void;
  /** Tell the server a value for one run. */
  setTriggerValue: (name: string, value: unknown) => void;
}
