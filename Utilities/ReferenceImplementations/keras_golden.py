"""Writes every golden file of the tests: python3 keras_golden.py OUTPUT_DIR

Versions: Python 3.11, keras 3.15.1, tensorflow-cpu 2.21.0, numpy 2.4.6, safetensors 0.8.0 (requirements.txt).

OUTPUT_DIR is this package's folder Tests, or any other folder for a look at the files. Nothing is random from run to
run: every generator has a seed, and TensorFlow runs its deterministic kernels on one thread.
"""

import argparse
import pathlib

import golden_file  # Configures TensorFlow; must come before anything else uses it.
import golden_explanations
import golden_initializers
import golden_layers
import golden_losses
import golden_networks
import golden_normalize
import golden_optimizers
import golden_training


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", metavar="OUTPUT_DIR", type=pathlib.Path)
    output = parser.parse_args().output
    print(golden_file.versions())
    networks = output / "NeuralNetworksTests" / "Golden"
    golden_layers.write(networks)
    golden_initializers.write(networks)
    golden_losses.write(networks)
    golden_networks.write(networks)
    golden_training.write_smoothed_losses(networks)
    training = output / "TrainingTests" / "Golden"
    golden_optimizers.write(training)
    golden_training.write(training)
    golden_normalize.write(output / "DigitRecognitionTests" / "Golden")
    golden_explanations.write(output / "ExplanationsTests" / "Golden")


if __name__ == "__main__":
    main()
