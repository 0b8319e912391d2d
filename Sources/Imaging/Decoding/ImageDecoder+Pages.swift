extension ImageDecoder {
    /// How many pages of a file can be asked for, whether or not each can be decoded; 1 where the file is none of several pages, or
    /// none that is read here.
    package func pageCount(of bytes: [UInt8]) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            let file = ByteView(bytes: bytes)
            guard ImageFormat(file) == .tiff else { return 1 }
            return max(1, (try? TIFFFile.pageCount(of: file)) ?? 1)
        }
    }
}
