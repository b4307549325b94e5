"""The desk: how the register is kept. Facts with their evidence, change sets, editions, proposals, members; knows no Streamlit."""
