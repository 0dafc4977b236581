// Graphs: work in the order of its capture.
#pragma once
#include "stream.h"

namespace gradus {

CUgraph addGraph(std::vector<Piece> pieces);

}  // namespace gradus
