"""How every model file was made, from named datasets to the ONNX file. torch is needed only here."""
