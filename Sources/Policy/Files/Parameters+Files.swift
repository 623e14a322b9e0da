extension Parameters {
    /// Reads every tensor of the layout.
    ///
    /// A head that is tied may stand in the file a second time; nothing else may be there that has no place.
    ///
    /// - Parameter name: The name in the file of a tensor of the layout.
    /// - Throws: `ModelFileError` when a tensor is missing, is left over, or has another shape.
    public func load(_ source: some TensorSource, name: (String) -> String = { $0 }) throws(ModelFileError) {
        var known: Set<String> = ["lm_head.weight"]
        for tensor in layout.tensors {
            let found = name(tensor.name)
            known.insert(found)
            guard let shape = source.shape(of: found) else { throw ModelFileError("the file has no tensor '\(found)'") }
            guard shape == tensor.shape else {
                throw ModelFileError("'\(found)' has the shape \(shape), the model \(tensor.shape)")
            }
            var failure: ModelFileError?
            withTensor(tensor.name) { destination in
                do throws(ModelFileError) { try source.read(found, into: destination) } catch { failure = error }
            }
            if let failure { throw failure }
        }
        if let left = source.tensorNames.first(where: { !known.contains($0) && !$0.hasSuffix(".rotary_emb.inv_freq") })
        {
            throw ModelFileError("the file has a tensor '\(left)', for which the model has no place")
        }
    }
}

extension SafetensorsWriter {
    /// Adds every tensor of a layout.
    ///
    /// - Parameter name: The name in the file of a tensor of the layout.
    public mutating func add(_ parameters: Parameters, name: (String) -> String = { $0 }) {
        for tensor in parameters.layout.tensors {
            add(name(tensor.name), shape: tensor.shape) { write throws(ModelFileError) in
                var failure: ModelFileError?
                parameters.withTensor(tensor.name) { buffer in
                    do throws(ModelFileError) { try write(UnsafeBufferPointer(buffer)) } catch { failure = error }
                }
                if let failure { throw failure }
            }
        }
    }
}
